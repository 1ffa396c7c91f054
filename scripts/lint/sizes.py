"""How long files and functions may be, and how long they are."""

import ast
from collections.abc import Iterable, Iterator
from statistics import median

from scripts.lint.source import Finding, Source

FILE_LINES = 400
FUNCTION_LINES = 60
MEDIAN_FILE_LINES = 90
P95_FILE_LINES = 250
P95_FUNCTION_LINES = 30

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> Iterator[Function]:
    """Return every function of a file, the nested ones too."""
    return (node for node in ast.walk(source.tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Return the lines of a function from `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def lines(source: Source) -> int:
    """Return the lines of a file."""
    return source.text.count("\n")


def too_long(source: Source) -> Iterator[Finding]:
    """Find a file over 400 lines and functions over 60."""
    if lines(source) > FILE_LINES:
        yield Finding(source, 1, f"{lines(source)} lines, over {FILE_LINES}")
    for function in functions(source):
        if length(function) > FUNCTION_LINES:
            says = f"{function.name} has {length(function)} lines, over {FUNCTION_LINES}"
            yield Finding(source, function.lineno, says)


def percentile(values: Iterable[int], share: float) -> int:
    """Return the nearest-rank percentile; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def shape(sources: Iterable[Source]) -> tuple[str, bool]:
    """Return one sentence on how long things are, and whether the house's bars hold."""
    kept = [source for source in sources if source.text.strip()]
    files = [lines(source) for source in kept]
    bodies = [length(function) for source in kept for function in functions(source)]
    middle = median(files) if files else 0
    long_file, long_body = percentile(files, 0.95), percentile(bodies, 0.95)
    says = f"files: median {middle:g}, p95 {long_file}; functions: p95 {long_body} lines"
    holds = (
        middle < MEDIAN_FILE_LINES
        and long_file <= P95_FILE_LINES
        and long_body <= P95_FUNCTION_LINES
    )
    return says, holds
