"""Lines of a title page in, the names of people out, apart from where they work. Knows no list of names."""

import re
from collections.abc import Sequence

from index.readers.reading import clean

MARK = "\x1f"  # stands in a line for a mark of affiliation ("1", "*", "†"), which ends a name

_SEPARATORS = re.compile(rf"{MARK}|[,;&•·|]|\band\b|\u2003|\s{{3,}}|(?<=\s)및(?=\s)")
_PARTICLES = frozenset("van von der den de del della di da dos du le la el al bin ibn ter ten zu af".split())
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_PLACES = re.compile(
    r"\b(?:universit\w*|institut\w*|college|school|department|dept|laborator\w*|labs?|centers?|centres?|research|inc|corp"
    r"|ltd|gmbh|llc|academy|faculty|google|microsoft|meta|openai|deepmind|amazon|nvidia|ibm|ai)\b|[가-힣]+(?:대학교|대학원"
    r"|학과|연구소|연구원|학부|주식회사)|@|https?:",
    re.IGNORECASE,
)


def names_in(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Divide lines into the names that they begin with and the other lines."""
    names: list[str] = []
    for at, line in enumerate(lines):
        parts = [part for piece in _SEPARATORS.split(line) if (part := clean(piece))]
        alone = at == 0 and len(lines) <= 2 and len(parts) == 1 and _is_short(parts[0])  # "OpenAI", "Qwen Team"
        if not parts or not (alone or all(map(is_name, parts))):
            return names, [rest for line in lines[at:] if (rest := clean(line.replace(MARK, " ")))]
        names += parts
    return names, []


def _is_short(words: str) -> bool:
    return len(words.split()) <= 4 and not re.search(r"[\d@]", words)


def is_name(words: str) -> bool:
    """Whether words read as a person's name: two to five capitalised words, or two to four Hangul or Han characters."""
    if re.fullmatch(r"[가-힣]{2,4}|[가-힣]{1,2} [가-힣]{1,3}|[\u4e00-\u9fff]{2,4}", words):
        return not _PLACES.search(words)
    parts = words.split()
    if not 2 <= len(parts) <= 5 or len(words) > 50 or _PLACES.search(words):
        return False
    return all(_WORD.fullmatch(part) and (part[0].isupper() or part.lower() in _PARTICLES) for part in parts)
