"""Speaks with espeak-ng through its C interface (speak_lib.h), when the package is installed."""

import ctypes
import importlib
import importlib.util
from itertools import pairwise
from types import ModuleType

import numpy as np

from sandbox.voice.speech import Speech, SpokenWord, resampled

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
_CHARACTER_POSITION = 1  # POS_CHARACTER
_UTF8 = 1  # espeakCHARS_UTF8
_RATE_PARAMETER = 1  # espeakRATE
_WORDS_A_MINUTE = 160
_LIST_TERMINATED = 0
_WORD = 1  # espeakEVENT_WORD
_PACKAGE = "espeakng_loader"


class _Event(ctypes.Structure):
    """`espeak_EVENT`; the closing union is eight bytes wide and of no use here."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def installed() -> bool:
    """Whether the optional package that carries the library is there."""
    return importlib.util.find_spec(_PACKAGE) is not None


class EspeakVoice:
    """One loaded library; its state is global, so only one thread may use it at a time."""

    name = "espeak-ng"

    def __init__(self) -> None:
        package: ModuleType = importlib.import_module(_PACKAGE)
        self._library = ctypes.CDLL(package.get_library_path())
        data = package.get_data_path().encode()
        self._rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 200, data, 0))
        if self._rate <= 0:
            raise OSError("espeak-ng did not find its voices")
        self._sound: list[bytes] = []
        self._starts: list[tuple[int, int]] = []
        self._callback = _Callback(self._take)
        self._library.espeak_SetVoiceByName(b"en-us")
        self._library.espeak_SetParameter(_RATE_PARAMETER, _WORDS_A_MINUTE, 0)

    def speak(self, text: str) -> Speech:
        """Sound of the text with the word positions that the library reports."""
        self._sound.clear()
        self._starts.clear()
        self._library.espeak_SetSynthCallback(self._callback)  # another voice may have set its own
        data = text.encode()
        self._library.espeak_Synth(
            data, len(data) + 1, 0, _CHARACTER_POSITION, 0, _UTF8, None, None
        )
        self._library.espeak_Synchronize()
        samples = resampled(np.frombuffer(b"".join(self._sound), np.int16), self._rate)
        return Speech(pcm=samples.tobytes(), words=_cut(text, self._starts))

    def _take(
        self,
        sound: "ctypes._Pointer[ctypes.c_short]",
        count: int,
        events: "ctypes._Pointer[_Event]",
    ) -> int:
        if sound and count > 0:
            self._sound.append(ctypes.string_at(sound, count * 2))
        index = 0
        while events and events[index].type != _LIST_TERMINATED:
            event = events[index]
            if event.type == _WORD:
                self._starts.append((event.text_position - 1, event.audio_position))
            index += 1
        return 0


def _cut(text: str, starts: list[tuple[int, int]]) -> tuple[SpokenWord, ...]:
    """The text cut where words begin; what stands before the first word belongs to it."""
    known = [(at, ms) for at, ms in starts if 0 <= at < len(text)] or [(0, 0)]
    cuts = [0, *sorted({at for at, _ in known[1:]} - {0}), len(text)]
    moments = dict(reversed([(0, 0), *known]))
    return tuple(
        SpokenWord(text[start:end], float(moments.get(start, 0)))
        for start, end in pairwise(cuts)
        if text[start:end]
    )
