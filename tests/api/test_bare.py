"""The API process loads no vendor and no activity runs in it."""

import subprocess
import sys

from api.openapi import TARGET, document

VENDORS = (
    *("google.genai", "googleapiclient", "aiortc", "cv2"),
    *("pypdfium2", "unstructured", "aiosmtplib", "av"),
)


def test_the_application_loads_no_vendor() -> None:
    code = (
        "import sys, api.app, api.build; "
        f"print([name for name in {VENDORS!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_committed_document_is_what_the_application_says() -> None:
    assert TARGET.read_text("utf-8") == document()
