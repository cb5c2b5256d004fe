"""What must hold for a page that a browser gets."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import html5lib
from html5lib.html5parser import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

LABELLED = {"input", "select", "textarea"}
SECRET = re.compile(r'(?<=value=")[\w.-]{60,}(?=")|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.+Z-]+')


def page_complaints(text: str) -> Iterator[str]:
    """Parse a page as strictly as HTML allows, and look for what keeps people out."""
    try:
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    except ParseError as error:
        yield f"is not valid HTML: {error}"
        return
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    yield from structure_complaints(page, elements)
    yield from label_complaints(elements)
    for element in elements:
        if element.tag == "img" and "alt" not in element.attrib:
            yield f"has a picture without words: {element.get('src')}"
        if "style" in element.attrib or any(name.startswith("on") for name in element.attrib):
            yield f"has what its security policy forbids: {dict(element.attrib)}"
        if element.tag in {"link", "script", "img", "iframe"} and re.match(
            r"(https?:)?//", element.get("src", element.get("href", ""))
        ):
            yield f"loads something from elsewhere: {dict(element.attrib)}"


def structure_complaints(page: Element, elements: list[Element]) -> Iterator[str]:
    """Check the landmarks, the title and the ids."""
    for tag in ("main", "h1", "title"):
        if (found := sum(element.tag == tag for element in elements)) != 1:
            yield f"has {found} {tag}"
    if not page.get("lang"):
        yield "does not say its language"
    ids = Counter(element.get("id") for element in elements if "id" in element.attrib)
    yield from (f"has the id {name} twice" for name, count in ids.items() if count > 1)


def label_complaints(elements: list[Element]) -> Iterator[str]:
    """Check that every field says what it is for, and every reference leads somewhere."""
    ids = {element.get("id") for element in elements}
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    for element in elements:
        hidden = element.get("type") in {"hidden", "submit"}
        named = element.get("id") in labelled or element.get("aria-label")
        if element.tag in LABELLED and not hidden and not named:
            yield f"has a field without a label: {element.get('name')}"
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            missing = set(element.get(attribute, "").split()) - ids
            yield from (f"refers to {name}, which is not there" for name in sorted(missing))


def shape(text: str) -> str:
    """Return a page without what differs each time, so that it is looked at once."""
    return SECRET.sub("", text)
