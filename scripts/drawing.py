"""A recording as one SVG: it plays once and stays at its last picture, which still viewers show."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from recording import COLUMNS, LINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recording import Frame, Picture, Run

    Rows = dict[tuple[Run, ...], str]

CELL, ROW, MARGIN, BAR = 8.4, 19, 18, 34
WIDTH, HEIGHT = COLUMNS * CELL + 2 * MARGIN, LINES * ROW + 2 * MARGIN + BAR
SHORTEST, LONGEST = 0.08, 1.5  # seconds that a picture stands: a wait is shown, not sat through
GROUND = "#12171e"
BUTTONS = {22: "#ff5f57", 42: "#febc2e", 62: "#28c840"}
COLOURS = {
    "default": "#d5dbe3",
    "black": "#8b96a5",
    "red": "#ff7b72",
    "green": "#56d364",
    "brown": "#e3b341",
    "blue": "#79c0ff",
    "magenta": "#d2a8ff",
    "cyan": "#76e3ea",
    "white": "#f0f6fc",
}
STYLE = """
text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; white-space: pre }
.b { font-weight: bold }
.f { visibility: hidden; animation: on var(--d) step-end var(--t) 1 }
@keyframes on { from, to { visibility: visible } }
@media (prefers-reduced-motion) { .f { animation: none } }
"""


def draw(frames: Sequence[Frame], title: str) -> str:
    """Return the SVG of a recording."""
    rows: Rows = {}
    still = picture_of(frames[-1].picture, rows)
    films = [film(picture, start, length, rows) for picture, start, length in timed(frames)]
    drawn = [f'<g id="{name}">{"".join(map(text_of, row))}</g>' for row, name in rows.items()]
    size = f'width="{WIDTH:g}" height="{HEIGHT:g}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        "<defs>",
        *drawn,
        "</defs>",
        f'<rect {size} rx="9" fill="{GROUND}"/>',
        *(f'<circle cx="{x}" cy="20" r="6" fill="{colour}"/>' for x, colour in BUTTONS.items()),
        f'<g transform="translate({MARGIN} {BAR + MARGIN})">',
        still,
        *films,
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def timed(frames: Sequence[Frame]) -> Iterator[tuple[Picture, float, float]]:
    """Give each picture but the last its start and length; what nobody could see is left out."""
    start, shown = 0.0, 0
    for number, frame in enumerate(frames[1:], start=1):
        length = frame.second - frames[shown].second
        if length < SHORTEST:
            continue
        length = min(length, LONGEST)
        yield frames[number - 1].picture, start, length
        start, shown = start + length, number


def film(picture: Picture, start: float, length: float, rows: Rows) -> str:
    """Return a picture that shows for a while and hides what is below."""
    cover = f'<rect y="-14" width="{COLUMNS * CELL:g}" height="{LINES * ROW}" fill="{GROUND}"/>'
    style = f"--t:{start:.2f}s;--d:{length:.2f}s"
    return f'<g class="f" style="{style}">{cover}{picture_of(picture, rows)}</g>'


def picture_of(picture: Picture, rows: Rows) -> str:
    """Return the rows of a picture; each distinct row is drawn once in the whole file."""
    return "".join(
        f'<use href="#{rows.setdefault(row, f"r{len(rows)}")}" y="{number * ROW}"/>'
        for number, row in enumerate(picture)
        if row
    )


def text_of(run: Run) -> str:
    """Return a run of text."""
    column, text, colour, bold = run
    fill = COLOURS.get(colour) or f"#{colour}"
    weight = ' class="b"' if bold else ""
    return f'<text x="{column * CELL:.1f}" fill="{fill}"{weight}>{escape(text.rstrip())}</text>'
