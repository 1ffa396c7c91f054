"""`python -m scripts.lint`: walks every Python file of the repository through the house's rules."""

import sys
from pathlib import Path

from scripts.lint.repository import committed, scan
from scripts.lint.rules import RULES
from scripts.lint.sizes import shape, too_long
from scripts.lint.source import Source

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print every finding and one closing line; return 1 when there is a finding."""
    names = [name for name in committed(ROOT) if name.endswith(".py")]
    sources = [
        source
        for source in (Source.read(ROOT / name, ROOT) for name in names)
        # A migration is as long as what it changes, and is never edited.
        if not source.is_migration
    ]
    findings = [
        *(
            str(found)
            for source in sources
            for rule in (*RULES, too_long)
            for found in rule(source)
        ),
        *scan(ROOT),
    ]
    for found in findings:
        print(found)
    says, holds = shape(sources)
    print(f"{len(sources)} files, {len(findings)} findings; {says}")
    return 0 if holds and not findings else 1


if __name__ == "__main__":
    sys.exit(main())
