"""A line's words in, what they say of it out: the usual name of a section, a number and its depth. Sees no styles."""

import re

from index.outline import REFERENCES

_ABSTRACTS = frozenset(
    "abstract summary 초록 요약 국문초록 국문요약 영문초록 영문요약 논문요약 요약문 논문초록".split()
)
_REFERENCES = REFERENCES | {"reference"}
_USUAL = frozenset(
    (
        *(
            "introduction",
            "related work",
            "related works",
            "background",
            "preliminaries",
            "literature review",
            "theory",
        ),
        *("method", "methods", "methodology", "materials and methods", "approach", "experiments", "experimental setup"),
        *("evaluation", "results", "results and discussion", "discussion", "limitations", "conclusion", "conclusions"),
        *("future work", "acknowledgment", "acknowledgement", "acknowledgments", "acknowledgements", "appendix"),
        *("supplementary material", "ethics statement", "data availability"),
        *"서론 머리말 들어가며 이론적배경 배경 관련연구 선행연구 연구방법 방법 방법론 실험 실험결과".split(),
        *"연구결과 결과 분석 결과및고찰 결과및논의 논의 고찰 결론 결론및제언 맺음말 나가며 제언".split(),
        *"감사의글 사사 부록 한계 향후연구".split(),
    )
)
_NAME_CHARS = 60
_CAPTION = re.compile(r"\W*(?:figure|fig\.|table|algorithm|표|그림|사진|도표)\s*\d", re.IGNORECASE)
_LEADER_CHARS = 40
_LEADERS = re.compile(r"(?:\.{3,}|…+|·{3,}|\t)\s*\d{1,4}$")  # a line of a typed table of contents
# Kinds of number; the first that matches counts.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("part", r"제\s*\d+\s*[편부](?=[\s.:])|part\s+(?:\d+|[ivx]+)\b"),
        ("chapter", r"제\s*\d+\s*장|chapter\s+(?:\d+|[ivx]+)\b|(?:appendix|부록)\s+[a-z\d가-하](?=[\s.:]|$)"),
        ("section", r"제\s*\d+\s*절|section\s+\d+\b"),
        ("roman", r"[Ⅰ-Ⅻ]+\s*[.．]?\s*(?=\S)|(?-i:[IVX]{1,5})\.\s*(?=[^\W\d_])"),
        ("decimal", r"\d{1,2}(?:\.\d{1,2})*(?:\.(?!\d)|(?=\s))\s*(?=[^\W\d_])(?!(?-i:[a-z]{1,3})\b)"),
        ("letter", r"(?-i:[A-Z])(?:\.\d{1,2})*(?:\.(?!\d)|(?<=\d)(?=\s))\s*(?=[^\W\d_]{2})"),
        ("syllable", r"[가나다라마바사아자차카타파하][.．]\s*(?=\S)"),
        ("decimal)", r"\d{1,2}\)\s*(?=\S)"),
        ("syllable)", r"[가나다라마바사아자차카타파하]\)\s*(?=\S)"),
        ("(decimal)", r"\(\d{1,2}\)\s*(?=\S)"),
        ("(syllable)", r"\([가나다라마바사아자차카타파하]\)\s*(?=\S)"),
        ("circled", r"[①-⑳]\s*(?=\S)"),
    )
)


def part_of(words: str) -> str | None:
    """Return "abstract", "references" or "section" for a section's usual name, numbered or not; None for another."""
    if len(words) > _NAME_CHARS:
        return None
    name = unnumbered(words).casefold().strip(" .:<>[]【】")
    name = re.sub(r"\s+", "", name) if re.search("[가-힣]", name) else name
    if name in _ABSTRACTS:
        return "abstract"
    if re.sub(r"[\W_]+", "", name) in _REFERENCES:
        return "references"
    return "section" if name in _USUAL else None


def unnumbered(words: str) -> str:
    """Return a line's words without the number that they begin with."""
    found = _number(words)
    return words[len(found[1]) :].strip() if found else words


def is_caption(words: str) -> bool:
    """Tell whether a line begins as a caption does ("Figure 2", "<표 1>")."""
    return _CAPTION.match(words) is not None


def is_contents_line(text: str) -> bool:
    """Tell whether a line, its tabs as they are, ends as one of a typed table of contents: "1. 서론 ..... 3"."""
    return _LEADERS.search(text.rstrip()[-_LEADER_CHARS:]) is not None


def ends_sentence(words: str) -> bool:
    """Tell whether a line ends as running text does, and no heading."""
    return re.search(r"(?:[,;:。]|(?<!\d)\.|다)$", words) is not None


class Levels:
    """How deep each kind of number stands: as deep as the order is in which a document first uses them."""

    def __init__(self) -> None:
        self._trail: list[str] = []
        self._letter = ""

    def level_of(self, words: str) -> int | None:
        """Return the level, from 1, of a heading with these words; None for words without a number."""
        found = _number(words)
        if found is None:
            return None
        kind, number = found[0], found[1].strip().rstrip(".")
        if kind == "roman" and self._letter and number == chr(ord(self._letter) + 1):
            kind = "letter"  # I after H
        self._letter = number[0] if kind == "letter" else self._letter if kind not in ("roman", "chapter") else ""
        depth = number.count(".") if kind in ("decimal", "letter") else 0
        if kind in self._trail:
            self._trail = self._trail[: self._trail.index(kind) + 1]
        else:
            self._trail.append(kind)
        return len(self._trail) + depth

    def top(self) -> int:
        """Return the level of a heading without a number, which ends all numbered ones."""
        self._trail = []
        return 1


def _number(words: str) -> tuple[str, str] | None:
    """Return the kind of a line's number and the number with the space behind it."""
    return next(((kind, found[0]) for kind, pattern in _KINDS if (found := pattern.match(words))), None)
