"""`POST /v1*/models/{model}:generateContent`."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request
from pydantic import JsonValue
from starlette.responses import JSONResponse

from sandbox.google_error import GoogleError, body
from sandbox.hearing.ear import Ear
from sandbox.hearing.rest import asks_for_words, transcribed
from sandbox.judge.case import case
from sandbox.judge.judges import rule
from sandbox.judge.mode import Bench
from sandbox.judge.request import parsed

_VERSION = "v1(alpha|beta)?"
_CUT_OFF = 200


def judge_routes(bench: Bench, ear: Ear) -> APIRouter:
    """The one REST method that the product uses: for rulings, and for words of a recording."""
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
            return _failed(failing, bench.retry_after_s)
        sent = await request.body()
        if (wanted := asks_for_words(sent)) is not None:
            return _answer(model, await transcribed(wanted, ear), "STOP", read=len(sent))
        asked = parsed(sent)
        ruling = rule(bench.mode, case(asked.prompt()), asked.generation_config.seed)
        text = ruling.model_dump_json()
        if failing == _CUT_OFF:
            text = text[: len(text) // 2]
        finish = "MAX_TOKENS" if failing == _CUT_OFF else "STOP"
        return _answer(model, {"text": text}, finish, read=len(asked.prompt()))

    return router


def _failed(status: int, retry_after_s: int | None) -> JSONResponse:
    headers = None if retry_after_s is None else {"retry-after": str(retry_after_s)}
    return JSONResponse(body(status, "The sandbox was told to fail."), status, headers=headers)


def _answer(model: str, part: dict[str, JsonValue], finish: str, *, read: int) -> JSONResponse:
    tokens_in, tokens_out = read // 4, len(str(part["text"])) // 4
    content = {"role": "model", "parts": [part]}
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
