"""Finds out which characters of a PDF page leave ink, by rendering it with and without text."""

import ctypes
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]  # it ships no stubs
from pypdfium2 import raw

_SCALE = 2.0
_LONGEST_SIDE = 2400  # pixels; a page of any declared size costs the same memory
_INK = 40
"""Least change of a colour channel, of 255, that a person notices as a glyph."""

_CONTRAST = 40
_FILLS = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)

Picture = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Inks:
    """A page as it looks (`drawn`) and as it looks without its text (`blank`)."""

    drawn: Picture
    blank: Picture
    scale: float
    left: float
    top: float

    @property
    def is_bare(self) -> bool:
        """Whether nothing at all is drawn on the page."""
        return int(np.ptp(self.drawn)) < _INK

    def shows(self, box: tuple[float, float, float, float], colour: np.ndarray | None) -> bool:
        """Whether a glyph in `box` (left, bottom, right, top in points) changes the picture.

        A `colour` that its background already has leaves no ink of its own: what is seen in the
        box then belongs to another glyph.
        """
        left, bottom, right, top = box
        across = self._pixels(left - self.left, right - self.left)
        down = self._pixels(self.top - top, self.top - bottom)
        blank, drawn = self.blank[down, across], self.drawn[down, across]
        if blank.size == 0 or np.abs(drawn - blank).max() < _INK:
            return False
        if colour is None:
            return True
        ground = np.median(blank.reshape(-1, blank.shape[-1]), axis=0)
        return bool(np.abs(ground - colour).max() >= _CONTRAST)

    def _pixels(self, start: float, end: float) -> slice:
        """The pixels between two distances in points, and one more each side for thin strokes."""
        return slice(max(int(start * self.scale) - 1, 0), max(int(end * self.scale) + 2, 0))


def inks_of(page: pypdfium2.PdfPage) -> Inks:
    """Render `page` twice. Its text objects are invisible afterwards: read their modes before."""
    page.set_rotation(0)
    left, bottom, right, top = page.get_bbox()
    scale = min(_SCALE, _LONGEST_SIDE / max(right - left, top - bottom, 1.0))
    drawn = _render(page, scale)
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        raw.FPDFTextObj_SetTextRenderMode(text.raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return Inks(drawn, _render(page, scale), scale, left, top)


def visible_colour(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[bool, np.ndarray | None]:
    """Whether the mode of a character draws at all, and the colour it is filled with if any."""
    text = raw.FPDFText_GetTextObject(textpage, index)
    mode = raw.FPDFTextObj_GetTextRenderMode(text) if text else raw.FPDF_TEXTRENDERMODE_FILL
    if mode in _INVISIBLE:
        return False, None
    channels = [ctypes.c_uint() for _ in range(4)]
    known = raw.FPDFText_GetFillColor(textpage, index, *channels)
    if not known or mode not in _FILLS:
        return True, None
    red, green, blue, _alpha = (channel.value for channel in channels)
    return True, np.array([blue, green, red])


def _render(page: pypdfium2.PdfPage, scale: float) -> Picture:
    bitmap = page.render(scale=scale)
    picture: Picture = bitmap.to_numpy()[..., :3].astype(np.int16)
    bitmap.close()
    return picture
