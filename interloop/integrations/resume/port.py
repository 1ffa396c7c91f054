"""The port for reading documents: bytes in, visible text or a typed reason out."""

from typing import Protocol

from interloop.domain.document import ReadDocument

MAX_BYTES = 10 * 1024 * 1024
"""The largest document read. Routes refuse more while it still streams in."""

MAX_PAGES = 30


class DocumentReader(Protocol):
    """Reads resumes and job descriptions; knows nothing of candidates or jobs."""

    async def read(self, data: bytes, *, filename: str) -> ReadDocument:
        """Read a document. Content beats `filename`, which is only a hint.

        Never raises for bad input: every outcome is a `ReadStatus`, and no text is never ok.
        """
        ...
