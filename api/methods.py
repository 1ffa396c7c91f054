"""Which methods an address takes, over all routes: what a 405 has to say (RFC 9110, 15.5.6)."""

import re
from functools import lru_cache

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path

CATCH_ALL = "/{path:path}"
"""Pages of the frontend; it matches what is really an address of the API, asked the wrong way."""


def methods_at(app: FastAPI, path: str) -> tuple[str, ...]:
    """Return the methods, sorted; none where only the pages of the frontend would match."""
    found = {
        method for pattern, methods in _table(app) if pattern.match(path) for method in methods
    }
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def _table(app: FastAPI) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    return tuple(
        (compile_path(context.path)[0], frozenset(context.methods))
        for context in iter_route_contexts(app.routes)
        if context.path and context.path != CATCH_ALL and context.methods
    )
