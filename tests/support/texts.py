"""Text that a person may type: a list of what is legal and nasty, one of what is refused, any."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

LONGEST = 100
TAKEN = {
    "double quotes": 'say "hi"',
    "single quotes": "it's",
    "all quotes": "\"'`´‘’“”«»",
    "three quotes": "\"\"\"'''",
    "backslash": "C:\\new\\table",
    "last backslash": "ends with \\",
    "only backslash": "\\",
    "escapes": "\\u0041 \\x41 \\N{DIGIT ONE} \\0",
    "emoji": "rocket 🚀 flag 🇩🇪 heart ❤\ufe0f",
    "combining": "e\u0301te\u0301 \u0300",
    "ideograph variant": "葛\U000e0100",
    "other scripts": "日本語 العربية עברית",
    "letters and quotes": 'Müller "&" Söhne',
    "plane 16": "\U0010fffd \ue000",
    "wide spaces": "a\u00a0b\u2003c\u3000d",
    "two spaces": "a  b",
    "jinja expression": "{{ 7*7 }}",
    "template expression": "[= 7*7 =]",
    "template statement": "[% if %]",
    "template comment": "[# a #]",
    "jinja statement": "{% raw %} {% endraw %}",
    "jinja comment": "a {# b #} c",
    "substitution": "$(touch pwned)",
    "backticks": "`touch pwned`",
    "variable": "$HOME ${HOME} %HOME%",
    "yaml map": "a: b",
    "yaml comment": "a #b",
    "yaml false": "no",
    "yaml true": "yes",
    "yaml null": "null",
    "yaml tilde": "~",
    "yaml float": "1e3",
    "yaml infinity": ".inf",
    "yaml merge": "<<",
    "yaml tag": "!!python/object/apply:os.system [id]",
    "yaml document": "---",
    "yaml end": "...",
    "yaml anchor": "&a *a !a",
    "yaml block": "| >-",
    "question mark": "? a",
    "number": "123",
    "hexadecimal": "0x10",
    "octal": "0o17",
    "sexagesimal": "12:30:45",
    "underscores": "1_000",
    "date": "2026-01-01",
    "toml table": "[[a.b]]",
    "toml string": "'''a\"\"\"",
    "brackets": "[1, 2] {3}",
    "tag": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "entity": "&amp; &lt; &#39;",
    "comment": "<!-- --> ]]>",
    "link": "[x](javascript:alert(1))",
    "picture": "![x](http://example.com/x.png)",
    "markdown": "# *a* _b_ **c** ~~d~~ <!-- e --> |",
    "list": "- a",
    "numbered": "1. a",
    "numbered too": "2) a",
    "heading": "===",
    "format": "%s %(x)s {0} {x}",
    "expression": "${{ github.token }}",
    "semicolon": "a; rm -rf x && y | z > w",
    "hash bang": "#!/bin/sh",
    "at": "@everyone",
    "address": "Ann <ann@example.com>, Bob",
    "mail parameters": "a; b=c, d:e (f)",
    "option": "--help",
    "every address": "0.0.0.0",
    "temporary": "/tmp/app",
    "parent": "../../etc/passwd",
    "sql": "' OR 1=1--",
    "python": "None",
    "word of the suite": "Other",
    "words of tests": (
        "Error: Log in | ann@example.com <h1>http://localhost/reset/x</h1> alert(1) {x} 20 of 21"
    ),
    "a dependency": "Flask",
    "no letters": "!?",
    "100 characters": "x" * LONGEST,
    "100 words": "é " * 49 + "é",
    "100 quotes": '"' * LONGEST,
    "100 backslashes": "\\" * LONGEST,
    "100 emoji": "🚀" * LONGEST,
}
# What generated tests look for on pages and in letters.
LOOKED_FOR = TAKEN["words of tests"]
REFUSED = {
    "nothing": "",
    "spaces": "   ",
    "wide space": "\u3000",
    "filler": "\u3164",
    "braille blank": "\u2800",
    "variation selector": "\ufe0f",
    "space before": " app",
    "space after": "app ",
    "no-break space after": "app\u00a0",
    "too long": "x" * (LONGEST + 1),
    "far too long": "🚀" * 10_000,
    "line break": "a\nb",
    "carriage return": "a\rb",
    "trailing line break": "app\n",
    "tab": "a\tb",
    "nul": "a\0b",
    "bell": "a\ab",
    "backspace": "a\bb",
    "vertical tab": "a\vb",
    "form feed": "a\fb",
    "escape": "a\x1b[31mb",
    "group separator": "a\x1db",
    "delete": "a\x7fb",
    "next line": "a\x85b",
    "application command": "a\x9fb",
    "soft hyphen": "a\xadb",
    "grapheme joiner": "a\u034fb",
    "arabic mark": "a\u061cb",
    "hangul filler": "a\u115fb",
    "vowel separator": "a\u180eb",
    "zero width": "a\u200bb",
    "non-joiner": "a\u200cb",
    "joiner": "a\u200db",
    "left to right": "a\u200eb",
    "right to left mark": "a\u200fb",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "embedding": "a\u202ab",
    "override": "a\u202eb",
    "word joiner": "a\u2060b",
    "invisible times": "a\u2062b",
    "isolate": "a\u2066b",
    "byte order mark": "a\ufeffb",
    "half-width filler": "a\uffa0b",
    "annotation": "a\ufff9b",
    "replacement": "a\ufffdb",
    "no character": "a\uffffb",
    "musical control": "a\U0001d173b",
    "language tag": "a\U000e0001b",
    "tag letters": "a\U000e0041\U000e007fb",
    "high surrogate": "a\ud83db",
    "low surrogate": "a\udcffb",
    "encoded word": "=?utf-8?q?hello?=",
    "encoded word in a name": "a =?iso-8859-1?b?aGVsbG8?= b",
}  # fmt: skip
ADDRESSES = {
    "": "", "usual": "ann@example.com", "dots": "ann.b.c@mail.example.co.uk", "digits": "1@2.de",
    "every letter": "a_b%c+d-e@x-y.example", "longest": f"{'x' * 88}@example.com",
}  # fmt: skip
WRONG = """
ann ann@ @example.com ann@example ann@@example.com ann@example..com ann@.com a@b. a@b.c. a@b@c.de
a@b.c, a;b@c.de a:b@c.de a,b@c.de <a@b.de> a@b.de> a'b@c.de a"b@c.de a`b@c.de a$b@c.de a\\b@c.de
a|b@c.de a&b@c.de a#b@c.de a!b@c.de a{b@c.de a}b@c.de a[b@c.de a]b@c.de a(b)@c.de a*b@c.de a/b@c.de
a=b@c.de a?b@c.de a^b@c.de a~b@c.de ünï@c.de a@cé.de a@日本.jp a@c_d.de a@[127.0.0.1] a@b,c a@b/c
{{7*7}}@c.de [=7*7=]@c.de $(id)@c.de a@c.de%0a mailto:a@b.de no null ~ 123 true @ . @. .@.
"""
NO_ADDRESSES = (
    *WRONG.split(),
    "ann b@example.com", " ann@example.com", "ann@example.com ", "ann@example.com\n",
    "\nann@b.de", '"><script>@example.com', "a@b.de\tc", "a@b\0.de", "a@b\u200b.de",
    "a@\ud800b.de", "a\u202e@b.de", f"{'x' * LONGEST}@example.com", " ", "\n",
)  # fmt: skip
# Of these, other languages make something else than text, or nothing.
SIGNS = "\"'`\\{}[]()<>&#%$@!?*_~|;:,.=+-/^ "
WORDS = r"""
{{ }} {% %} {# #} [= =] [% %] [# #] $( ${ ${{ << <!-- --> ``` \u \x \N{ &amp; =? ?= ]] %s // /*
no yes null ~ 0x10 1e3 .nan 2026-01-01 --- ... !!str &a *a | > - #
🚀 é ß İ ﬁ 日本 العربية עברית
"""
UNSEEN = (
    "\u0301 \ufe0f \u00a0 \u2003 \u3000 \u200b \u202e \u2066 \ufeff \U000e0041 \0 \t \n \r \x1b"
    " \x7f \x85 \u2028 \ud800 \udfff \ufffe \U0010ffff"
)
PIECES = (*SIGNS, *WORDS.split(), *re.split(" ", UNSEEN))


def texts() -> SearchStrategy[str]:
    """Draw text: of pieces, of any characters at all, or about as long as can be."""
    piece = st.one_of(
        st.sampled_from(PIECES),
        st.text("abcXYZ019 ", min_size=1, max_size=5),
        st.characters(),
        st.characters(exclude_categories=["C", "Z"]),
    )
    joined = st.lists(piece, min_size=1, max_size=12).map("".join)
    whole = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=LONGEST)
    long = st.tuples(piece, st.integers(LONGEST - 2, LONGEST + 1)).map(
        lambda drawn: (drawn[0] * LONGEST)[: drawn[1]]
    )
    listed = st.sampled_from([*TAKEN.values(), *REFUSED.values()])
    return st.one_of(joined, joined.map(str.strip), whole, long, listed)


def addresses() -> SearchStrategy[str]:
    """Draw addresses: good ones, nearly good ones, and any text."""
    label = st.text("abXY09-", min_size=1, max_size=8)
    good = st.builds("{}@{}.{}".format, st.text("aZ0._%+-", min_size=1, max_size=9), label, label)
    spoilt = st.tuples(good, st.sampled_from(PIECES), st.integers(0, 20)).map(
        lambda drawn: drawn[0][: drawn[2]] + drawn[1] + drawn[0][drawn[2] :]
    )
    # As often each: of one_of, the branches of texts would be as many ways more.
    return st.sampled_from((good, spoilt, texts())).flatmap(lambda kind: kind)


def must_be_refused(text: str) -> bool:
    """Tell whether no file could show a text as it was typed, or no line hold it."""
    kinds = {unicodedata.category(character) for character in text}
    marks = {unicodedata.bidirectional(character) for character in text}
    return (
        not text.strip()
        or text != text.strip()
        or len(text) > LONGEST
        or bool(kinds & {"Cc", "Cs", "Zl", "Zp"})
        or bool(marks & {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
    )
