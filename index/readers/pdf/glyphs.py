"""Codes of a page's characters in, the letters that they are read as out: ligatures, accents, small capitals.

TeX's fonts have ligatures at codes of their own, which files of before about 2000 do not explain: D. E. Knuth, The
TeXbook (1984), appendix F; for fonts of 256 signs M. Ferguson, Report on multilingual activities (TUGboat, 1990).
"""

import unicodedata
from collections.abc import Mapping, Sequence

ACCENTS = {0x60: 768, 0xB4: 769, 0x2C6: 770, 0x2DC: 771, 0xA8: 776, 0xAF: 772, 0x2D8: 774, 0x2D9: 775}
ACCENTS |= {0x2DA: 778, 0x2C7: 780, 0x2DD: 779, 0xB8: 807}
_DOTLESS = {0x131: "i", 0x237: "j"}
_LIGATURES = {first + at: 0xFB00 + at for first in (0x0B, 0x1B) for at in range(5)}  # ff fi fl ffi ffl
OLD_TEX = {0x22: 0x201D, 0x5C: 0x201C, 0x7B: 0x2013, 0x7C: 0x2014}  # quotes and dashes
OLD_TEX |= {
    0x10: 0x131,
    0x11: 0x237,
    0x12: 0x60,
    0x13: 0xB4,
    0x14: 0x2C7,
    0x15: 0x2D8,
    0x16: 0xAF,
    0x17: 0x2DA,
    0x18: 0xB8,
}
OLD_TEX |= {0x19: 0xDF, 0x7E: 0x2DC, 0x7F: 0xA8}
_NEW_TEX = {0x10: 0x201C, 0x11: 0x201D, 0x15: 0x2013, 0x16: 0x2014}
ADOBES = {0xF761 + at: letter for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}  # small capitals
ADOBES |= {0xF730 + at: figure for at, figure in enumerate("0123456789")}  # old figures


def _readings() -> dict[int, str | None]:
    """Return what characters are read as: ligatures and mathematical letters as plain ones, private codes as none."""
    table: dict[int, str | None] = dict.fromkeys((*range(32), *range(0x7F, 0xA0), *range(0xE000, 0xF900)), None)
    table |= ADOBES
    table |= {
        code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6))
    }
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1D400, 0x1D800)}
    # PDFium gives the first two for a hyphen at a line's end
    return table | dict.fromkeys((0x02, 0xFFFE, 0xAD, 0x2010), "-")


_READINGS = _readings()


def decoded(codes: Sequence[int]) -> str:
    """Return what UTF-16 codes are read as."""
    text = "".join(map(chr, codes))
    if text.isascii() and text.isprintable():
        return text
    if any(0xD800 <= code < 0xE000 for code in codes):  # a character beyond U+FFFF comes as two
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_READINGS)


def composed(base: int, accent: int) -> int | None:
    """Return the code of a letter with an accent, one of ACCENTS, on it; None where there is no such letter."""
    letter = unicodedata.normalize("NFC", _DOTLESS.get(base, chr(base)) + chr(ACCENTS[accent]))
    return ord(letter) if len(letter) == 1 else None


def ligature_at(codes: Sequence[int], at: int) -> int | None:
    """Return the code of the ligature that TeX's code at `at` means inside a word; alone it is another font's sign."""
    found = _LIGATURES.get(codes[at])
    if found is None:
        return None
    before, after = codes[max(0, at - 2) : at], codes[at + 1 : at + 3]
    off = codes[at] in (0x0B, 0x1B) and at > 0 and codes[at - 1] == ord("o")
    return found if off or _are_letters(before) or _are_letters(after) else None


def signs_beside(ligature: int) -> Mapping[int, int]:
    """Return what other codes mean in a font that has a ligature at a code: fonts of 128 signs, and of 256."""
    return OLD_TEX if ligature < 0x1B else _NEW_TEX


def _are_letters(codes: Sequence[int]) -> bool:
    letters = (code < 128 and chr(code).isalpha() or code in _LIGATURES or 0xFB00 <= code < 0xFB05 for code in codes)
    return len(codes) == 2 and all(letters)
