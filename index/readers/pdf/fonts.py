"""The address of a font in PDFium in, what its name and flags say of its look out."""

import ctypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_BOLD = re.compile(
    r"bold|black|heavy|demi|-medi|medi$|cmbx|cmssbx|sfbx|sfsx|ecbx|cmb\d|lmb|ptmb|phvb|nanum(?:mj|gt)b[0-9a-f]{2}$",
    re.I,
)
_ITALIC = re.compile(r"ital|obli|cmti|cmsl|sfti|sfsl|slant|-it$", re.I)
_MATH = re.compile(
    r"math|^(?:cmmi|cmsy|cmex|cmbsy|msam|msbm|rsfs|eufm|eusm|lasy|stmary|wasy|mtmi|mtsy|mtex|r?[tp]xmi|[tp]xsy|[tp]xex"
    r"|ntxmi|ntxsy|bbm|dsrom|esint|fourier-|symbol|standardsym)",
    re.I,
)
_MONO = re.compile(r"mono|courier|typewriter|cmtt|sftt|lmtt|nimbusmon|consol", re.I)
_CAPITALS = re.compile(r"cmcsc|sfcc|lmromancaps|smallcap|-sc\b|[a-z]sc$|sc\d+$", re.I)


@dataclass(slots=True, eq=False)  # two fonts may look the same
class Font:
    """What a font's name and flags say of its look.

    `heavy` if it is bold by its weight alone, which some programs give wrongly; `signs` if it shows signs at the codes
    of letters; `unit` is measured where it says nothing of its size; `tex` is found out: what TeX's own codes mean.
    """

    name: str
    bold: bool
    italic: bool
    math: bool
    mono: bool
    capitals: bool
    heavy: bool = False
    signs: bool = False
    unit: float | None = None
    tex: Mapping[int, int] = field(default_factory=dict)


def font_at(address: int) -> Font:
    """Return the font at an address."""
    pointer = ctypes.cast(address, pdfium.FPDF_FONT)
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(pointer, buffer, 128)
    name = re.sub(r"^[A-Z]{6}\+", "", buffer.value.decode("utf-8", "replace"))
    flags, weight = max(0, pdfium.FPDFFont_GetFlags(pointer)), pdfium.FPDFFont_GetWeight(pointer)
    named = bool(_BOLD.search(name)) or bool(flags & 1 << 18)
    heavy = not named and 600 <= weight <= 1000 and not _MATH.search(name)
    italic = bool(flags & 1 << 6) or bool(_ITALIC.search(name))
    mono, capitals = bool(flags & 1 or _MONO.search(name)), bool(flags & 1 << 17 or _CAPITALS.search(name))
    signs = name.lower().startswith("wingdings")
    return Font(name, named or heavy, italic, bool(_MATH.search(name)), mono, capitals, heavy, signs)


def lighten(letters: Mapping[Font, int]) -> None:
    """Let no font be bold by its weight alone where most text would be; `letters` counts those of each font."""
    heavy = [font for font in letters if font.heavy]
    if sum(letters[font] for font in heavy) > 0.5 * sum(letters.values()):
        for font in heavy:
            font.bold = False
