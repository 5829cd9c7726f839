"""A question and the sentences that would answer it in, whether a method's filing answers it better out. Answers none.

The survey files many methods of which its texts tell little more than that.
"""

from collections.abc import Sequence

from index.load import Language
from qa.category.intent import interpret
from qa.category.names import NameFinder
from qa.query import question_kind

UNTOLD: dict[Language, str] = {
    "ko": "이것이 무엇인지 설명하는 문장이 라이브러리에 없어, 서베이가 어디에 분류하는지 보여 드립니다.",
    "en": "No sentence in the Library tells what this is; shown is where the survey files it.",
}
_OPENING = 3  # characters that may stand before the name that a sentence begins with: a quotation mark, a bracket


def filing_is_better(question: str, told: Sequence[str], finder: NameFinder, *, sure: bool) -> bool:
    """Whether a question is only what one filed method is, and no sentence tells it.

    A sentence tells it that names the method; where it is not `sure` that the sentences answer, one that begins so.
    """
    if question_kind(question) not in ("definition", "other"):
        return False
    intent = interpret(question, finder)
    if not intent.exact or len(intent.mentions) != 1:
        return False
    (asked,) = intent.mentions
    if asked.kind != "method" or asked.how == "typo":
        return False
    named = [mention.start for text in told for mention in finder.find(text) if set(mention.ids) & set(asked.ids)]
    return not (named if sure else any(start <= _OPENING for start in named))
