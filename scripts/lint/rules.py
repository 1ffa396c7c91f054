"""The rules: one clock, no way round tenancy, one reader of the environment, honest tests."""

import ast
from collections.abc import Callable, Iterator

from scripts.lint.source import Finding, Source, dotted

Rule = Callable[[Source], Iterator[Finding]]

CLOCK = "interloop/domain/clock.py"
OWN_CLOCKS = frozenset(
    (
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "func.now", "func.current_timestamp"),
    )
)
ENVIRONMENT_READERS = ("interloop/settings.py", "interloop/supervisor/")
RAW_SQL = frozenset({"text", "TextClause", "literal_column"})
DISHONEST = frozenset(
    (
        *("pytest.skip", "pytest.xfail", "pytest.importorskip", "time.sleep"),
        *("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"),
    )
)
WORKFLOW = "from temporalio import workflow\n"
UNREPEATABLE = frozenset(
    (
        *("random", "secrets", "time", "os", "pathlib", "threading", "socket", "subprocess"),
        *("new_id", "uuid1", "uuid4", "uuid.uuid4", "open"),
    )
)
# In pieces, so that this file does not find itself.
PROMISES = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")


def one_clock(source: Source) -> Iterator[Finding]:
    """`Clock` in `Services` alone knows the time: what else asks cannot be travelled in tests."""
    if not source.is_product or source.path == CLOCK:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            name = ".".join(dotted(node.func).split(".")[-2:])
            if name in OWN_CLOCKS:
                yield Finding(source, node.lineno, f"{name}() beside the Clock: take the one given")


def tables_by_class(source: Source) -> Iterator[Finding]:
    """`__table__` goes round the tenant criteria: a select or update of it sees every row."""
    if not source.is_product:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "__table__":
            yield Finding(source, node.lineno, "__table__ goes round the tenant criteria")


def no_raw_sql(source: Source) -> Iterator[Finding]:
    """Raw `text()` goes round the tenant criteria too."""
    if not source.is_product:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            for name in node.names:
                if name.name in RAW_SQL:
                    yield Finding(source, node.lineno, f"raw SQL by sqlalchemy.{name.name}")
        if isinstance(node, ast.Attribute) and dotted(node) in {"sa.text", "sqlalchemy.text"}:
            yield Finding(source, node.lineno, "raw SQL by text()")


def one_reader_of_the_environment(source: Source) -> Iterator[Finding]:
    """Every knob stands in `Settings`, with a default and a line of help."""
    if not source.is_product or source.path.startswith(ENVIRONMENT_READERS):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}:
            yield Finding(source, node.lineno, f"{dotted(node)} beside interloop/settings.py")


def honest_tests(source: Source) -> Iterator[Finding]:
    """A test fails or passes; it does not skip, sleep, or replace our own code."""
    if not source.is_test:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in DISHONEST:
            yield Finding(source, node.lineno, f"{dotted(node)} in a test")
        if isinstance(node, ast.Import | ast.ImportFrom) and "unittest" in _modules(node):
            yield Finding(source, node.lineno, "a mock in a test")


def workflows_repeat(source: Source) -> Iterator[Finding]:
    """A workflow is replayed: whatever it asks must answer the same again."""
    if not source.path.startswith("workflows/") or WORKFLOW not in source.text:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and _modules(node) & UNREPEATABLE:
            yield Finding(source, node.lineno, "a workflow that would not go the same way again")
        if isinstance(node, ast.Call) and dotted(node.func) in UNREPEATABLE:
            yield Finding(source, node.lineno, f"{dotted(node.func)}() is not the same again")


def _modules(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return {alias.name.partition(".")[0] for alias in node.names}


def no_promises(source: Source) -> Iterator[Finding]:
    """An issue or nothing: promises in comments are not kept."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if any(word in line.partition("#")[2] for word in PROMISES):
            yield Finding(source, number, "a promise in a comment")


RULES: tuple[Rule, ...] = (
    one_clock,
    tables_by_class,
    no_raw_sql,
    one_reader_of_the_environment,
    honest_tests,
    workflows_repeat,
    no_promises,
)
