"""Pages of an app in a real browser, as pictures."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PASSWORD = "correct horse battery"
POSTS = {
    "To the lighthouse keeper": "Your lamp was off on Tuesday. I told nobody.",
    "To my first bicycle": "I still know the combination of your lock.",
    "To whoever found the blue scarf": "Keep it. It was always warmer than it looked.",
}


@dataclass(frozen=True)
class Page:
    """A page, and the window in which it is looked at."""

    path: str
    width: int = 1180
    dark: bool = False


HEIGHT = 760
PAGES = {
    "home.png": Page("/"),
    "api.png": Page("/api/v1/docs"),
    "phone.png": Page("/dashboard", width=390, dark=True),
}


class Visitor:
    """Somebody who has an account and writes posts."""

    def __init__(self, address: str) -> None:
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        """Return a page."""
        with self.opener.open(self.address + path, timeout=10) as answer:
            text: str = answer.read().decode()
        return text

    def submit(self, path: str, **fields: str) -> None:
        """Fill in the form of a page."""
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(path))
        if token is None:
            sys.exit(f"{path} has no form")
        body = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        self.opener.open(self.address + path, body, timeout=10).close()


def take(app: Path, images: Path) -> None:
    """Serve an app, use it a little, and keep pictures of its pages."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("The pictures of the pages need Chromium or Chrome.")
    with served(app) as address:
        visitor = Visitor(address)
        person = {"username": "ann", "email": "ann@example.com", "password": PASSWORD}
        visitor.submit("/register", **person, confirm_password=PASSWORD)
        visitor.submit("/login", email=person["email"], password=PASSWORD)
        for title, content in POSTS.items():
            visitor.submit("/posts/new", title=title, content=content)
        for name, page in PAGES.items():
            shoot(browser, visitor, page, images / name)


@contextmanager
def served(app: Path) -> Iterator[str]:
    """Serve an app from its own environment; return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(app / ".venv" / "bin" / "flask"), "--app", "app", "run", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=app, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def shoot(browser: str, visitor: Visitor, page: Page, image: Path) -> None:
    """Let a browser draw a page as the visitor sees it."""
    base = f'<head><base href="{visitor.address}/">'
    html = visitor.get(page.path).replace("<head>", base, 1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        command = [
            browser,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            "--disable-web-security",  # the page is a file here, and its style loads a mask
            f"--user-data-dir={folder}/profile",
            f"--blink-settings=preferredColorScheme={0 if page.dark else 1}",
            f"--window-size={page.width},{HEIGHT}",
            "--virtual-time-budget=2000",
            f"--screenshot={image}",
            file.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
