"""How gunicorn serves the app: where, and with how many threads, the environment can say."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))

# The app logs every request itself, with its id.
accesslog = None
# The app alone decides which proxy to believe, by PROXY_HOPS; gunicorn believes none.
forwarded_allow_ips = ""
# A worker's heartbeat is a file: on a slow disk a busy worker would look dead.
memory = Path("/dev/shm")  # noqa: S108
worker_tmp_dir = str(memory) if memory.is_dir() else None
# Nobody steers this server but who started it.
control_socket_disable = True
