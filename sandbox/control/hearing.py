"""What a test may tell the sandbox about words that it will hear."""

import base64
import binascii

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict

from sandbox.hearing.ear import Ear
from sandbox.hearing.recording import FRAME_BYTES, Recording, TimedWord, loudness, spread


class HearingIn(BaseModel):
    """What the next voice turns are heard as, in order."""

    model_config = ConfigDict(extra="forbid")

    texts: list[str]
    session: str | None = None


class WordIn(BaseModel):
    """A word and where in the recording it is spoken."""

    model_config = ConfigDict(extra="forbid")

    text: str
    start_ms: float
    end_ms: float


class RecordingIn(BaseModel):
    """A recording that will be played into a call, with its true words.

    `pcm` is base64 of 16 kHz mono PCM16. Words without times are laid over its loud stretches.
    """

    model_config = ConfigDict(extra="forbid")

    pcm: str
    words: list[WordIn] = []
    text: str = ""


def hearing_control(ear: Ear) -> APIRouter:
    """Texts by order, or true words by the sound itself."""
    router = APIRouter()

    @router.post("/hearing", status_code=204)
    async def hearing(given: HearingIn) -> None:
        """Appends texts to what is heard next."""
        ear.handed.add(given.texts, given.session)

    @router.post("/hearing/recording", status_code=204)
    async def recording(given: RecordingIn) -> None:
        """From now on this sound, or any stretch of it, is heard as its true words."""
        ear.recordings.append(_recording(given))

    return router


def _recording(given: RecordingIn) -> Recording:
    try:
        pcm = base64.b64decode(given.pcm, validate=True)
    except binascii.Error as error:
        raise HTTPException(422, "pcm is not base64") from error
    if len(pcm) < FRAME_BYTES or not (given.words or given.text.split()):
        raise HTTPException(422, "a recording has sound and words")
    level = loudness(pcm)
    words = tuple(TimedWord(each.text, each.start_ms, each.end_ms) for each in given.words)
    return Recording(level, words or spread(given.text, level))
