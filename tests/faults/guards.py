"""What keeps bad tests out, taken away: who puts such a test in sees that it is gone."""

from __future__ import annotations

from tests.faults.infrastructure import change

PYPROJECT = "pyproject.toml"

GUARDS = (
    change(PYPROJECT, "fail_under = 100\n", "", "no gate", noticed_by="a line that no test runs"),
    change(
        PYPROJECT, "branch = true\n", "", "lines only", noticed_by="a branch that no test takes"
    ),
    change(PYPROJECT, '    "--cov",\n', "", "no coverage", noticed_by="a line that no test runs"),
    change(PYPROJECT, '    "error",\n', "", "warnings pass", noticed_by="a warning"),
    change(
        PYPROJECT,
        "strict = true\nfilter",
        "filter",
        "any name of a case",
        noticed_by="two cases of one name",
    ),
    change(
        PYPROJECT,
        "addopts = [\n",
        'addopts = [\n    "-p", "no:randomly",\n',
        "always the same order",
        noticed_by="another order",
    ),
    change(
        PYPROJECT,
        "addopts = [\n",
        'addopts = [\n    "-k", "not sqlite",\n',
        "a part of the tests",
        noticed_by="the list of tests",
    ),
    change(
        "tests/integration/test_isolation.py",
        "\nTWICE = ",
        '\npytestmark = pytest.mark.skip("no time")\nTWICE = ',
        "tests left out",
        noticed_by="the list of tests",
    ),
    change(
        "tests/conftest.py",
        '    "tests.leaks",\n',
        "",
        "nobody looks for leaks",
        noticed_by="a variable is left",
    ),
    change(
        "tests/conftest.py",
        '    "tests.leaks",\n',
        "",
        "nobody looks at two fixtures",
        noticed_by="two fixtures set one variable",
    ),
    change(
        "tests/environment.py",
        '"<+13>-13"',
        '"UTC"',
        "tests run in UTC",
        noticed_by="the local time",
    ),
)
