"""Spoken words as WAV files, made in a process of their own: the voice's library is GPL."""

import subprocess
import sys
import wave
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RATE = 16_000
_SPEAK = (
    "import sys; from tests.sandbox.speaking import pcm16k;"
    "sys.stdout.buffer.write(pcm16k(sys.argv[1]))"
)


def spoken(text: str) -> bytes:
    """Return the words as 16 kHz mono PCM16."""
    command = [sys.executable, "-c", _SPEAK, text]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout


def write_wav(path: Path, pcm: bytes) -> Path:
    """Write 16 kHz mono PCM16 as a WAV file and return its path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm)
    return path
