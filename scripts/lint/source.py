"""What every rule looks at: one source file with its tree, and what is found in it."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PRODUCT = ("interloop", "workflows", "activities", "api", "media_gateway")


@dataclass(frozen=True)
class Source:
    """A Python file; `path` is relative to the repository, with forward slashes."""

    path: str
    text: str

    @classmethod
    def read(cls, file: Path, root: Path) -> "Source":
        """Read a file of the repository at `root`."""
        return cls(file.relative_to(root).as_posix(), file.read_text())

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @property
    def is_product(self) -> bool:
        """Tell whether the file belongs to what runs at a customer's, the sandbox left out."""
        return self.path.startswith(tuple(f"{room}/" for room in PRODUCT))

    @property
    def is_test(self) -> bool:
        """Tell whether the file belongs to the tests."""
        return self.path.startswith("tests/")

    @property
    def is_migration(self) -> bool:
        """Tell whether the file belongs to the migrations."""
        return self.path.startswith("interloop/db/migrations/")


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule."""

    source: Source
    line: int
    says: str

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}: {self.says}"


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for a chain of names, with calls and subscripts left out."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
