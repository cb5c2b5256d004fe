"""What a suite stands on, made worse: its database, its fixtures, and what it is configured by."""

from __future__ import annotations

from tests.faults.infrastructure import SuiteFault, change

CONFTEST, ISOLATION = "tests/conftest.py", "tests/isolation.py"
DATABASES, FACTORIES = "tests/databases.py", "tests/factories.py"
CONFIG, DB = "app/config.py", "app/db.py"
IN_TESTS = "    TESTING = True\n"

SOCKETS = """\
    "--disable-socket",
    "--allow-unix-socket",
    "--allow-hosts=127.0.0.1,::1,localhost",
"""

APP = (
    change("pyproject.toml", SOCKETS, "", "the network is open"),
    SuiteFault(
        "the environment is read at import",
        (
            (CONFIG, "    config = kind(os.environ)\n", "    config = kind(ENVIRON)\n"),
            (CONFIG, "SECRET_LENGTH = 32\n", "SECRET_LENGTH = 32\nENVIRON = dict(os.environ)\n"),
        ),
    ),
    change(
        CONFIG,
        "super().__init__({})",
        "super().__init__(environ)",
        "the shell sets the app of the tests",
        noticed_by="another shell",
    ),
    change(
        CONFIG,
        '        self.DATABASE_URL = environ.get("TEST_DATABASE_URL"',
        '        self.LOG_LEVEL = environ.get("LOG_LEVEL", "INFO")\n'
        '        self.DATABASE_URL = environ.get("TEST_DATABASE_URL"',
        "the shell sets the log of the tests",
        noticed_by="another shell",
    ),
    SuiteFault(
        "no logins because TESTING is on",
        (
            (
                "app/accounts/permissions.py",
                "        raise UnauthorizedError\n",
                (
                    "        if not current_app.testing:\n"
                    "            raise UnauthorizedError\n"
                    "        user = db.session().query(User).first() or User()\n"
                ),
            ),
            (
                "app/accounts/permissions.py",
                "from flask import current_app, g, request\n",
                "from flask import current_app, g, request\nfrom app.accounts.models import User\n",
            ),
        ),
    ),
    change(CONFIG, IN_TESTS, f"{IN_TESTS}    WTF_CSRF_ENABLED = False\n", "no CSRF in tests"),
    change(
        "app/csrf.py",
        "    csrf.init_app(app)\n",
        "    if not app.testing:\n        csrf.init_app(app)\n",
        "no CSRF because TESTING is on",
    ),
    change(DB, '"PRAGMA foreign_keys = ON"', '"PRAGMA foreign_keys = OFF"', "no foreign keys"),
    SuiteFault(
        "a cache that outlives its test",
        (
            (
                "app/posts/service.py",
                "    post = find(session, Post, post_id)\n",
                "    post = FOUND.setdefault(post_id, find(session, Post, post_id))\n",
            ),
            (
                "app/posts/service.py",
                "class PostValues(",
                "FOUND: dict[int, Post | None] = {}\n\n\nclass PostValues(",
            ),
        ),
    ),
)

DATABASE = (
    change(
        ISOLATION,
        '            self.run("ROLLBACK")\n',
        '            self.run("COMMIT")\n',
        "nothing is forgotten",
    ),
    change(
        ISOLATION,
        '            self.run("RELEASE SAVEPOINT kept", "SAVEPOINT kept")\n',
        '            self.run("COMMIT", "BEGIN", "SAVEPOINT kept")\n',
        "commits survive",
    ),
    change(
        ISOLATION,
        '            self.run("ROLLBACK TO SAVEPOINT kept")\n',
        "            str(self)\n",
        "what the app rolls back stays",
    ),
    change(
        ISOLATION,
        "        connection.forget()\n",
        "        str(connection)\n",
        "nothing is ever rolled back",
    ),
    change(
        ISOLATION,
        "        for table in reversed(TABLES) if same else ():\n",
        "        for table in ():\n",
        "real commits stay",
    ),
    change(
        ISOLATION,
        '            self.run("BEGIN", "SAVEPOINT kept")\n',
        '            self.run("PRAGMA foreign_keys = OFF", "BEGIN", "SAVEPOINT kept")\n',
        "no foreign keys in tests only",
    ),
    change(
        CONFTEST,
        '        application.extensions["database"] = ordinary\n        forget(forgetful)\n',
        "        forget(forgetful)\n",
        "the ordinary database is not put back",
    ),
    change(
        CONFTEST,
        '        application.extensions["database"] = forgetful\n',
        '        application.extensions["database"] = type(forgetful)(forgetful.engine, Session)\n'
        "        Session.configure(bind=forgetful.engine)\n",
        "the app's session is the test's",
    ),
    change(
        CONFTEST,
        "        forget(forgetful)\n        Session.remove()\n",
        "        forget(forgetful)\n",
        "the test's session is never ended",
    ),
    change(
        CONFTEST,
        "        Session.expire_all()\n",
        "        str(Session)\n",
        "the test sees what it saw before",
    ),
    change(
        CONFTEST,
        "        Session.commit()\n",
        "        Session.flush()\n",
        "the app does not see what the test has done",
    ),
    change(
        DATABASES,
        'beside(place, worker.get("workerid", "main"))',
        'beside(place, "main")',
        "one database for all workers",
        noticed_by="two workers",
        database="postgresql",
    ),
    change(
        DATABASES,
        "held.enter_context(server.own_place(make_url(address)))",
        'beside(make_url(address), "1")',
        "one database for all runs",
        noticed_by="another run at once",
        database="postgresql",
    ),
    change(
        DATABASES,
        "    if problem := problem_of(address, server.BACKENDS):\n",
        "    if problem := str(problem_of(address, server.BACKENDS))[:0]:\n",
        "any database will do",
        noticed_by="a database of somebody",
    ),
    change(
        "tests/addresses.py",
        'TEST = re.compile(r"(?<![a-z])tests?(?![a-z])", re.IGNORECASE)',
        'TEST = re.compile(r"test", re.IGNORECASE)',
        "the latest database is a test database",
    ),
    SuiteFault(
        "tests are skipped where the server is away",
        (
            (
                DATABASES,
                "        config.stash[PLACE] = written(",
                (
                    "        with suppress(pytest.exit.Exception):\n"
                    "            config.stash[PLACE] = written("
                ),
            ),
            (
                DATABASES,
                "    place = make_url(pytestconfig",
                (
                    '    if PLACE not in pytestconfig.stash:\n        pytest.skip("no server")\n'
                    "    place = make_url(pytestconfig"
                ),
            ),
        ),
        noticed_by="no server",
        database="postgresql",
    ),
)

FIXTURES = (
    change(
        CONFTEST,
        "    return new_client(app)\n\n\n@pytest.fixture\ndef make_app",
        '    return app.__dict__.setdefault("the_client", new_client(app))\n\n\n'
        "@pytest.fixture\ndef make_app",
        "one client for all tests",
    ),
    change(
        CONFTEST,
        '    yield application\n    application.extensions["limits"]',
        "    with application.app_context():\n        yield application\n"
        '    application.extensions["limits"]',
        "a context of the app around each test",
    ),
    change(
        "tests/client.py",
        "        if has_app_context():\n",
        "        if not self:\n",
        "requests share what a context keeps",
    ),
    change(
        FACTORIES,
        'sqlalchemy_session_persistence = "commit"',
        'sqlalchemy_session_persistence = "flush"',
        "factories do not commit",
    ),
    change(
        FACTORIES,
        "sqlalchemy_session_factory = Session",
        "sqlalchemy_session = Session()",
        "factories keep the session of their import",
    ),
    change(
        FACTORIES,
        'username = factory.Sequence(lambda n: f"user{n}")',
        'username = "user"',
        "factories make one name",
    ),
)
