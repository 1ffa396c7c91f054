"""`POST /v1*/models/{model}:generateContent`."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request
from starlette.responses import JSONResponse

from sandbox.google_error import GoogleError
from sandbox.judge.case import case
from sandbox.judge.judges import rule
from sandbox.judge.mode import Bench
from sandbox.judge.request import GenerateRequest, parsed

_VERSION = "v1(alpha|beta)?"
_CUT_OFF = 200


def judge_routes(bench: Bench) -> APIRouter:
    """The one REST method that the product uses."""
    router = APIRouter()

    @router.post("/{version}/models/{model}:generateContent")
    async def generate(
        request: Request,
        version: Annotated[str, Path(pattern=f"^{_VERSION}$")],  # noqa: ARG001
        model: str,
        x_goog_api_key: Annotated[str, Header()] = "",
        key: Annotated[str, Query()] = "",
    ) -> JSONResponse:
        """The ruling as JSON text in one candidate."""
        if not (x_goog_api_key or key):
            raise GoogleError(403, "Method doesn't allow unregistered callers.")
        bench.calls += 1
        failing = bench.failing()
        if failing is not None and failing != _CUT_OFF:
            raise GoogleError(failing, "The sandbox was told to fail.")
        asked = parsed(await request.body())
        ruling = rule(bench.mode, case(asked.prompt()), asked.generation_config.seed)
        text = ruling.model_dump_json()
        if failing == _CUT_OFF:
            return _answer(asked, model, text[: len(text) // 2], "MAX_TOKENS")
        return _answer(asked, model, text, "STOP")

    return router


def _answer(asked: GenerateRequest, model: str, text: str, finish: str) -> JSONResponse:
    tokens_in, tokens_out = len(asked.prompt()) // 4, len(text) // 4
    content = {"role": "model", "parts": [{"text": text}]}
    return JSONResponse(
        {
            "candidates": [{"content": content, "finishReason": finish, "index": 0}],
            "usageMetadata": {
                "promptTokenCount": tokens_in,
                "candidatesTokenCount": tokens_out,
                "totalTokenCount": tokens_in + tokens_out,
            },
            "modelVersion": f"sandbox-{model}",
            "responseId": uuid.uuid4().hex,
        }
    )
