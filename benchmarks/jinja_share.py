"""How many files of the default project end in .jinja in template/, and how much they hold."""

from __future__ import annotations

import measuring  # noqa: F401  (lets this script import the next lines)

from tests.support.jinja import default_share, python_shares


def main() -> None:
    """Print the share of files, and each Python file's share of lines."""
    templated, files = default_share()
    print(
        f"{len(templated)} of {len(files)} files: {len(templated) / len(files):.1%} (at most 33 %)"
    )
    for name, share in sorted(python_shares().items(), key=lambda item: -item[1]):
        print(f"  {share:4.0%} of the lines of {name}")


if __name__ == "__main__":
    main()
