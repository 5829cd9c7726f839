"""Codes of a page's characters in, the letters that they are read as out: ligatures, accents, small capitals.

TeX's fonts have ligatures at codes of their own, which files of before about 2000 do not explain: D. E. Knuth, The
TeXbook (1984), appendix F; for fonts of 256 signs M. Ferguson, Report on multilingual activities (TUGboat, 1990).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

ACCENTS = {0x60: 768, 0xB4: 769, 0x2C6: 770, 0x2DC: 771, 0xA8: 776, 0xAF: 772, 0x2D8: 774, 0x2D9: 775}
ACCENTS |= {0x2DA: 778, 0x2C7: 780, 0x2DD: 779, 0xB8: 807}
_DOTLESS = {0x131: "i", 0x237: "j"}
_LIGATURES = {first + at: 0xFB00 + at for first in (0x0B, 0x1B) for at in range(5)}  # ff fi fl ffi ffl
OLD_TEX = dict(zip((0x22, 0x5C, 0x7B, 0x7C), map(ord, "”“–—"), strict=True))
OLD_TEX |= dict(zip((0x10, 0x11, *range(0x12, 0x1A), 0x7E, 0x7F), map(ord, "ıȷ`´ˇ˘¯˚¸ß˜¨"), strict=True))
_NEW_TEX = dict(zip((0x10, 0x11, 0x15, 0x16), map(ord, "“”–—"), strict=True))
ADOBES = {0xF761 + at: letter for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}  # small capitals
ADOBES |= {0xF730 + at: figure for at, figure in enumerate("0123456789")}  # old figures


_BULLETS = (0x0F, 0x88)  # of fonts of signs, and of those that go with fonts of 256 signs

# Wingdings has signs at the codes of letters, which some files give as private ones: bullets, ticks, arrows.
_WINGDINGS = dict.fromkeys((*map(ord, "lnuqvwopt§¨Ÿ"), 0x9F, 0xB7), "•") | {0xD8: "➢", 0xFC: "✓", 0xFB: "✗"}
_WINGDINGS |= {code: "→" for code in (0xE0, 0xE8, 0xF0)} | {code: "←" for code in (0xDF, 0xE7, 0xEF)}


def sign_of(code: int) -> str:
    """Return what a code of Wingdings shows: a sign, or nothing for a picture; any other character is itself."""
    at = code - 0xF000 if 0xF000 <= code < 0xF100 else code
    return _WINGDINGS.get(at, "") if at < 0x100 or at in _WINGDINGS else chr(code)


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


def shown(codes: Sequence[int], *, signs: bool) -> str:
    """Return what codes of a font are read as; `signs` where it has signs at the codes of letters."""
    return "".join(map(sign_of, codes)) if signs else decoded(codes)


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


def bullets_in(codes: Sequence[int]) -> Iterator[int]:
    """Yield where a code that TeX's fonts have a bullet at stands alone at a line's start, before a word."""
    for at in [at for at, code in enumerate(codes) if code in _BULLETS]:
        begins, after = at == 0 or codes[at - 1] in (0x0A, 0x0D), [*map(chr, codes[at + 1 : at + 4])]
        if begins and after[:1] == [" "] and len(after) == 3 and "".join(after[1:]).isalpha():
            yield at


def ligatures_in(codes: Sequence[int], is_generated: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Yield where TeX's codes are ligatures inside words, and which; alone they are other fonts' signs or end lines."""
    for at in [at for at, code in enumerate(codes) if code in _LIGATURES]:
        before, after = codes[max(0, at - 2) : at], codes[at + 1 : at + 3]
        off = codes[at] in (0x0B, 0x1B) and at > 0 and codes[at - 1] == ord("o")
        if (off or _are_letters(before) or _are_letters(after)) and not is_generated(at):
            yield at, _LIGATURES[codes[at]]


def signs_beside(ligature: int) -> Mapping[int, int]:
    """Return what other codes mean in a font that has a ligature at a code: fonts of 128 signs, and of 256."""
    return OLD_TEX if ligature < 0x1B else _NEW_TEX


def _are_letters(codes: Sequence[int]) -> bool:
    """Say whether two codes are letters of a word, one of which may be a ligature."""
    letters = sum(code < 128 and chr(code).isalpha() for code in codes)
    ligatures = sum(code in _LIGATURES or 0xFB00 <= code < 0xFB05 for code in codes)
    return letters > 0 and letters + ligatures == 2
