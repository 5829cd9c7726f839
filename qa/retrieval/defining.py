"""A sentence and what is asked about in, whether the sentence says what that is out. Reads words only."""

import re
from collections.abc import Iterator, Sequence

from index.load import Language
from qa.words.bridge import Unit

_FORMS = 4  # the likeliest of a unit in a language
_MARK = r"[*_`\"'“”‘’]"
_LEAD = re.compile(
    rf"(?:[\s#>(•-]|{_MARK})*(?:specifically, |in short, |here, )?(?:여기에?서 |이때 |즉,? )?"
    rf"(?:(?:an?|the)\s+)?{_MARK}*"
)
_IS = (  # what a thing is; not how good it is, or where it stands
    r"(?:is|are)(?! (?:strong|weak|better|worse|behind|ahead|close|equal|above|below|among|in|on|at|by|not|also|more"
    r"|less|only|just|still|often|able|expected|likely|unlikely|known to|worth|hard|easy|possible|important"
    r"|(?!(?:based|called|composed|concerned|defined|designed|formed|named|regarded)\b)[\w-]+ed)\b)\b"
)
_DOES = (  # what a thing is there for
    r"(?:describes|denotes|measures|studies|employs|aims|provides|refers|represents|combines|extends|estimates"
    r"|computes|quantifies|consists|enables|performs|works|runs|generates|learns)\b"
)
_ENDS = (
    r"(?:이다|입니다|뜻한다|뜻합니다|말한다|말합니다|가리킨다|가리킵니다|의미한다|의미합니다|라고? (?:부른|불린|한)다"
    r"|(?:일종|방법|방식|기법|모델|모형|구조|기술|개념|지표|과정|도구|현상|질환|시스템|프로그램|알고리즘|데이터셋)"
    rf"(?:임|이며|이고|으로|으로서|로)?)(?:,|[.\s]*{_MARK}*\s*$)"
)
_AFTER = re.compile(  # a name at the beginning of a sentence
    rf"s?{_MARK}*(?:\s*\([^)]*\))?{_MARK}*"
    rf"(?:(?:은|는|이라)(?=.*{_ENDS})|이?란(?![가-힣])(?!\s*(?:무엇|뭐|뭘|뭔))"
    rf"|\s+(?:means|refers to|stands for|{_IS}|{_DOES})"
    r"|(?:\s+[\w-]+){1,4}?\s+(?:means|refers to|describes|denotes)\b"
    r"|(?:,|:| [–—-])\s+(?:(?:or )?(?:an?|the)|one of|defined as|which (?:is|are))\s)",
    re.DOTALL,
)
_SPELT_OUT = re.compile(r"s?\s*\([^)]*[a-z]{3} [^)]*\)\s+[a-z]+s\b")  # "RLHF (reinforcement learning from …) trains"

_SHORT = re.compile(r"[A-Z][A-Za-z]{0,6}[A-Z]s?")
_LETTERED = re.compile(r"[^\W\d_]+")  # of "Multi-head" two words
_FAR = 120  # characters before a name that are looked at
_NAMING = tuple(  # what stands before a name, and after it, where something is given that name
    (re.compile(rf"{before}{_MARK}*$"), re.compile(rf"{_MARK}*{after}", re.DOTALL))
    for before, after in (
        (  # "… (RLHF) is a"
            r"[^.!?]{2}\([^()]*(?<!\w)",
            rf"\)\s*(?:\w+ ){{0,2}}(?:(?:은|는|이란)(?=.*{_ENDS})|{_IS}|means|refers to|{_DOES})",
        ),
        (r"\b(?:called|known as|named|termed|referred to as|dubbed)\s+(?:an? |the )?", r"(?!\w)"),
        (  # "a trap which we call a rank sink", "we call this anomaly …"
            r"\b(?:we|i|they|authors|people)\s+(?:\w+ly\s+)?call\s+"
            r"(?:(?:this|these|it|them|such)(?:\s+\w+){0,2}?\s+)?(?:an? |the )?",
            r"(?!\w)",
        ),
        (
            r"\b(?:propose|introduce|present|define)s?\s(?:[^.,]{0,80}, )?(?:an? |the )?",
            r"(?:\s*\([^)]*\))?,",
        ),
        (r"\bdefine[sd]?\s+(?:the |an? )?", r"\s+(?:as|to be)\b"),
        (
            r"(?<![\w가-힣])",
            r"(?:\s*\([^)]*\))?(?:이?라고?|으?로) ?(?:부른|불린|부르|불리|한다|합니다|하며|하고|하는데|말한|칭한|정의)",
        ),
        (r"(?<![\w가-힣])", r"(?:\s*\([^)]*\))?(?:을|를) (?:제안|제시|소개)(?:한다|합니다|하였|했)"),
    )
)


def defines(text: str, unit: Unit, language: Language) -> bool:
    """Whether a sentence says what a unit is, by one of its likeliest forms: begins with it, or calls something so."""
    lowered = text.lower()
    return any(_defines(lowered, form.written.lower()) for form in unit.forms[language][:_FORMS]) or spells_out(
        text, unit.written
    )


def spells_out(text: str, short: str) -> bool:
    """Whether a sentence says what an abbreviation is short for: "Multi-head Latent Attention (MLA)"."""
    if not _SHORT.fullmatch(short):
        return False
    single = short.removesuffix("s")
    letters = single.lower(), "".join(filter(str.isupper, single)).lower()  # HyDE: Hypothetical Document Embeddings
    for found in re.finditer(rf"\(([^()]{{0,{_FAR}}}?)\b{re.escape(single)}s?\)", text):
        words = _LETTERED.findall(found[1] or text[max(0, found.start() - _FAR) : found.start()])
        if any(_are_initials(one, words[-2 * len(one) :]) for one in letters if len(one) > 1):
            return True
    return False


def _are_initials(letters: str, words: Sequence[str]) -> bool:
    """Whether the last of some words begins with the last letter, and ones before it with the others, in order."""
    left = len(letters)
    for at, word in enumerate(reversed(words)):
        if left and word[:1].lower() == letters[left - 1]:
            left -= 1
        elif at == 0:
            return False
    return not left


def introduces(text: str, unit: Unit) -> bool:
    """Whether an English sentence begins with a unit and spells it out, to go on with what it does."""
    written = unit.written.lower()
    return text.lower().startswith(written) and bool(_SPELT_OUT.match(text, len(written)))


def share_defined(text: str, language: Language, question: str, units: Sequence[Unit], idfs: Sequence[float]) -> float:
    """Return how much of a question's idf mass the thing is worth that a sentence defines, 0 to 1.

    All of "RLAIF", a part of "the weakness of RLAIF"; what stands together in the question is one thing ("local memory
    usage").
    """
    held = [
        idf for unit, idf in zip(units, idfs, strict=True) if defines(text, unit, language) or introduces(text, unit)
    ]
    lowered = text.lower()
    held += [worth for phrase, worth in _phrases(question, units, idfs) if _defines(lowered, phrase.lower())]
    return max(held, default=0.0) / (sum(idfs) or 1.0)


def _phrases(question: str, units: Sequence[Unit], idfs: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield what stands together in a question, of two units or more, with the sum of their idfs."""
    start = end = -1
    count, worth = 0, 0.0
    for unit, idf in zip(units, idfs, strict=True):
        at = question.find(unit.written, max(end, 0))
        if at >= 0 and end >= 0 and question[end:at] in ("", " ", "-"):
            count, worth = count + 1, worth + idf
        else:
            if count > 1:
                yield question[start:end], worth
            start, count, worth = at, 1, idf
        end = at + len(unit.written) if at >= 0 else -1
    if count > 1:
        yield question[start:end], worth


def _defines(lowered: str, name: str) -> bool:
    """Whether a sentence in lower case says what a name stands for."""
    at = lowered.find(name) if name else -1
    if at < 0:
        return False
    lead = _LEAD.match(lowered)
    start = lead.end() if lead else 0
    if lowered.startswith(name, start) and _AFTER.match(lowered, start + len(name)):
        return True
    while at >= 0:
        end = at + len(name)
        before = lowered[max(0, at - _FAR) : at]
        if any(left.search(before) and right.match(lowered, end) for left, right in _NAMING):
            return True
        at = lowered.find(name, end)
    return False
