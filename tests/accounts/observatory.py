"""The score that Mozilla's HTTP Observatory gives an answer, by its published rules.

What its newer tests of openers and embedders would add is left out.
"""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

BASELINE = 100
FOR_BONUS = 90
HALF_A_YEAR = 15768000
BROAD = {"*", "ftp:", "http:", "https:", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = {"'unsafe-inline'", "data:"}
PASSIVE = {"img-src", "media-src"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SCRIPT = re.compile(r"<script\b[^>]*?\bsrc=[\"']?([^\"'\s>]+)[^>]*>", re.IGNORECASE)

Policy = dict[str, set[str]]


def score(headers: Message, page: str) -> int:
    """Return the score: bonuses count only where it is good without them."""
    given = modifiers(headers, page)
    without_bonuses = BASELINE + sum(value for value in given.values() if value < 0)
    return max(
        BASELINE + sum(given.values()) if without_bonuses >= FOR_BONUS else without_bonuses, 0
    )


def modifiers(headers: Message, page: str) -> dict[str, int]:
    """Return what each test adds or takes away, of a site that speaks nothing but HTTPS."""
    policy = policy_of(headers)
    return {
        "content-security-policy": of_policy(policy),
        "cookies": of_cookies(headers),
        "cross-origin-resource-policy": of_resources(headers),
        "cross-origin-resource-sharing": of_sharing(headers),
        "redirection": 0,
        "referrer-policy": of_referrer(headers),
        "strict-transport-security": of_transport(headers),
        "subresource-integrity": of_scripts(page),
        "x-content-type-options": 0
        if value(headers, "X-Content-Type-Options") == "nosniff"
        else -5,
        "x-frame-options": of_frames(headers, policy),
    }


def value(headers: Message, name: str) -> str:
    """Return a header, empty where there is none; one that comes twice is no good value."""
    return ", ".join(headers.get_all(name, [])).strip().lower()


def policy_of(headers: Message) -> Policy:
    """Read the policy of contents; a directive without a source allows none."""
    parts = [part.split() for part in value(headers, "Content-Security-Policy").split(";")]
    return {name: set(sources or ["'none'"]) for name, *sources in filter(None, parts)}


def of_policy(policy: Policy) -> int:
    """Judge the policy of contents, by the worst that it allows."""
    scripts, objects, styles = (
        policy.get(name, policy.get("default-src", {"*"}))
        for name in ("script-src", "object-src", "style-src")
    )
    active = {source for name in policy.keys() - PASSIVE for source in policy[name]}
    passive = {source for name in policy.keys() & PASSIVE for source in policy[name]}
    judgements = (
        (-25, not policy),
        (-20, bool(scripts & (BROAD | UNSAFE) or objects & BROAD)),
        (-20, any(source.startswith(("http:", "ftp:")) for source in active)),
        (-10, "'unsafe-eval'" in scripts | styles),
        (-10, any(source.startswith(("http:", "ftp:")) for source in passive)),
        (0, bool(styles & (BROAD | UNSAFE))),
        (10, policy.get("default-src") == {"'none'"}),
    )
    return next((points for points, applies in judgements if applies), 5)


def of_cookies(headers: Message) -> int:
    """Judge the cookies, by the worst of them."""
    points = [of_cookie(text, headers) for text in headers.get_all("Set-Cookie", [])]
    return min(points, default=0)


def of_cookie(text: str, headers: Message) -> int:
    """Judge a cookie."""
    ((name, cookie),) = SimpleCookie(text).items()
    is_session = any(word in name.lower() for word in ("login", "sess"))
    demanded = of_transport(headers) == 0
    judgements = (
        (-40, is_session and not cookie["secure"] and not demanded),
        (-30, is_session and not cookie["httponly"]),
        (-20, cookie["samesite"].lower() not in {"", "lax", "strict", "none"}),
        (-20, "csrf" in name.lower() and not cookie["samesite"]),
        (-20, not cookie["secure"] and not demanded),
        (-10, is_session and not cookie["secure"]),
        (-5, not cookie["secure"]),
        (0, not cookie["samesite"]),
    )
    return next((points for points, applies in judgements if applies), 5)


def of_resources(headers: Message) -> int:
    """Judge who else may load what is answered."""
    points = {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}
    return points.get(value(headers, "Cross-Origin-Resource-Policy"), -5)


def of_sharing(headers: Message) -> int:
    """Judge who else's scripts may read what is answered to a request with credentials."""
    origin = value(headers, "Access-Control-Allow-Origin")
    shared = value(headers, "Access-Control-Allow-Credentials") == "true"
    return -50 if origin not in {"", "*"} and shared else 0


def of_referrer(headers: Message) -> int:
    """Judge what other sites learn of where a visitor comes from."""
    policy = value(headers, "Referrer-Policy")
    if policy in PRIVATE:
        return 5
    return 0 if policy in {"", "no-referrer-when-downgrade"} else -5


def of_transport(headers: Message) -> int:
    """Judge for how long a browser comes by HTTPS only."""
    age = re.search(r"max-age=(\d+)", value(headers, "Strict-Transport-Security"))
    if age is None:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def of_scripts(page: str) -> int:
    """Judge scripts of other sites: of our own pages, none has any."""
    foreign = [tag for tag in SCRIPT.finditer(page) if re.match(r"(https?:)?//", tag[1])]
    if any(not tag[1].startswith("https:") for tag in foreign):
        return -50
    return -5 if any("integrity=" not in tag[0] for tag in foreign) else 0


def of_sniffing(headers: Message) -> int:
    """Judge whether a browser may guess what is answered."""
    return 0 if value(headers, "X-Content-Type-Options") == "nosniff" else -5


def of_frames(headers: Message, policy: Policy) -> int:
    """Judge who may frame a page."""
    if not policy.get("frame-ancestors", {"*"}) & BROAD:
        return 5
    return 0 if value(headers, "X-Frame-Options") in {"deny", "sameorigin"} else -20
