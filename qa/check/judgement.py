"""What a claim is judged by and what the judgement is; a judgement in, one line for the user out. Judges nothing."""

from dataclasses import dataclass
from typing import Literal

from index.load import Language

Verdict = Literal["supported", "partly", "unsupported"]
Cause = Literal["uncited", "missing", "number", "unit", "name", "negation", "opposite", "subject", "terms", "unrelated"]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that a claim cites; `heading` is its title and section path, which count as context."""

    text: str
    language: Language
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether sources support a claim, and if not wholly, why not.

    `seen` is what of the claim was not found or disagrees, as it is written there. `source` is the index of the source
    that supports best, and `text[start:end]` its sentence, to be shown beside the claim; None where nothing comes near.
    A sentence in which nothing can be checked is supported by no source.
    """

    verdict: Verdict
    cause: Cause | None = None
    seen: tuple[str, ...] = ()
    source: int | None = None
    start: int = 0
    end: int = 0


_REASONS: dict[Cause, dict[Language, str]] = {
    "uncited": {"ko": "출처를 밝히지 않은 문장입니다.", "en": "No source is cited."},
    "missing": {"ko": "인용한 출처가 없거나 비어 있습니다.", "en": "The cited source does not exist or is empty."},
    "number": {
        "ko": "수치가 출처와 다르거나 출처에 없습니다{seen}.",
        "en": "A figure differs from the source or is not in it{seen}.",
    },
    "unit": {
        "ko": "단위나 자릿수가 출처와 다릅니다{seen}.",
        "en": "A unit or a magnitude differs from the source{seen}.",
    },
    "name": {
        "ko": "이름이 출처에 없거나 다른 것에 관한 내용입니다{seen}.",
        "en": "A name is not in the source, or the source says this of another{seen}.",
    },
    "negation": {
        "ko": "긍정과 부정이 출처와 반대입니다{seen}.",
        "en": "The source says yes where this says no, or the reverse{seen}.",
    },
    "opposite": {"ko": "출처가 반대로 말합니다{seen}.", "en": "The source says the opposite{seen}."},
    "subject": {"ko": "출처와는 대상이 서로 뒤바뀌었습니다{seen}.", "en": "Two things are the wrong way round{seen}."},
    "terms": {
        "ko": "출처에서 찾지 못한 내용이 있습니다{seen}.",
        "en": "Part of this was not found in the source{seen}.",
    },
    "unrelated": {"ko": "출처가 이 내용을 다루지 않습니다.", "en": "The source does not treat this."},
}


def reason(judgement: Judgement, language: Language) -> str:
    """Return why a claim is not wholly supported, in one line; "" where it is."""
    if judgement.verdict == "supported" or judgement.cause is None:
        return ""
    seen = ", ".join(judgement.seen)
    return _REASONS[judgement.cause][language].format(seen=f": {seen}" if seen else "")
