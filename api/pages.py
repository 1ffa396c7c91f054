"""Serves the built frontend: two pages, hashed assets for ever, everything else asked again."""

import mimetypes
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException

from api.access import Public, Routes
from api.methods import methods_at
from interloop.domain.errors import NotFound

DIST = Path(__file__).resolve().parents[1] / "frontend" / "dist"
NOT_BUILT = (
    "<!doctype html><title>Interloop</title><h1>The pages are not built yet</h1>"
    "<p>The API is up. Run <code>make up</code>, or <code>npm run build</code> in "
    "<code>frontend/</code>, and load this page again.</p>"
)
_IMMUTABLE = "public, max-age=31536000, immutable"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

routes = Routes("pages", prefix="")


@routes.any(
    "/{path:path}",
    ("GET", "HEAD"),
    Public("pages and assets hold no data"),
    include_in_schema=False,
    response_class=Response,
)
async def page(request: Request, path: str) -> Response:
    """Return a built file, or the page that draws this address."""
    dist: Path = request.app.state.dist
    if path.startswith(("api/", "v1/", "codec/", "temporal/")):
        if methods_at(request.app, request.url.path):
            raise HTTPException(405)
        raise NotFound("there is no such address")
    file = _inside(dist, path)
    if file is not None:
        return _file(request, file, immutable=path.startswith("assets/"))
    if path.startswith("assets/") or Path(path).suffix:
        raise NotFound("there is no such file")
    shell = dist / ("candidate.html" if path == "c" or path.startswith("c/") else "index.html")
    if not shell.is_file():
        return HTMLResponse(NOT_BUILT, status_code=503)
    return _file(request, shell, immutable=False)


def _inside(dist: Path, path: str) -> Path | None:
    """Return the file at this path of the build, and nothing outside it."""
    file = (dist / path).resolve()
    return file if path and file.is_relative_to(dist.resolve()) and file.is_file() else None


def _file(request: Request, file: Path, *, immutable: bool) -> Response:
    headers = {"cache-control": _IMMUTABLE if immutable else "no-cache", "vary": "accept-encoding"}
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    accepted = request.headers.get("accept-encoding", "")
    for encoding, suffix in _ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            headers["content-encoding"] = encoding
            return FileResponse(packed, headers=headers, media_type=kind)
    return FileResponse(file, headers=headers, media_type=kind)
