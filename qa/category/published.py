"""A question on when a method came out, or which of a category came first or last, in; what the taxonomy records out.

It records a title, a year and an address for every method. Looks only at the names and words of the question.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.load import Language
from qa.answer import Answer
from qa.category.answer import CategoryAnswer
from qa.category.categorise import CategoryFinder
from qa.category.intent import Intent, interpret
from qa.category.names import Mention
from qa.category.taxonomy import Method
from qa.category.wording import word
from qa.question.query import question_language
from qa.words.patterns import compiled

_MOST = 3  # methods that are asked about at once
_ASKS = compiled(
    r"언제|몇 ?년|어느 ?해|연도|년도|제목|링크|주소|\burl\b"
    r"|\bwhen\b|\byear\b|\btitle\b|\blink\b|\bhow (?:old|recent)\b"
)
_FIRST = compiled(r"(?:가장|제일|맨) ?(?:먼저|이른|일찍|처음|오래)|최초|처음|\b(?:first|earliest|oldest)\b")
_LAST = compiled(r"(?:가장|제일|맨) ?(?:최근|최신|나중|늦|새로)|최신|\b(?:latest|newest|most recent|last)\b")
_ORDER = compiled(r"먼저|나중|\b(?:first|earlier|later|older|newer)\b")  # of several
_ANY = (_ASKS, _FIRST, _LAST, _ORDER)  # a question without any of these asks something else
_ONE_OF = compiled(r"중|가운데|\bof\b|\bone\b")
_TOLD = re.compile(r"\b(?:19|20)\d\d\b|https?://")
_WORD = compiled(
    r"(?:언제|몇|년|연도|년도|어느|해|가장|제일|맨|먼저|이른|일찍|처음|최초|오래|최근|최신|나중|늦|새로|중|가운데"
    r"|건|것|거|나온|나왔|나오|나옴|발표|출판|발행|공개|출시|게재|제안|등장|만든|만들|제목|링크|주소|원문|기법)\S*"
    r"|when|year|how|old|recent(?:ly)?|most|first|earliest|oldest|latest|newest|last|earlier|later|older|newer|is|published|publication|released?"
    r"|appear(?:ed)?|c[ao]me|out|proposed|introduced|title|link|url|arxiv|dates?|from|one"
)


def tells_it(answer: Answer) -> bool:
    """Whether an answer is sure and gives a year or an address itself."""
    return answer.sure and any(_TOLD.search(sentence.text) for sentence in answer.sentences)


class PublicationReader:
    """Answers what the taxonomy records of the papers of methods."""

    def __init__(self, categories: CategoryFinder) -> None:
        self._categories = categories
        self._taxonomy = categories.taxonomy

    def answer(self, question: str, language: Language | None = None) -> CategoryAnswer | None:
        """Return when the methods that a question names came out, or the first or last of a category; None for others.

        The question may hold nothing else but words that ask for that.
        """
        if not any(pattern.search(question) for pattern in _ANY):  # told before names are sought, which takes longer
            return None
        intent = interpret(question, self._categories.finder)
        if not intent.mentions or not all(_WORD.fullmatch(token.text) for token in intent.rest):
            return None
        spoken = language or question_language(question)
        empty = CategoryAnswer(question, spoken, "published", name=intent.mentions[0].written)
        found = self._of_methods(empty, intent) or self._of_category(empty, intent)
        return None if found is None else replace(found, answer=word(found))

    def _of_methods(self, empty: CategoryAnswer, intent: Intent) -> CategoryAnswer | None:
        methods = [self._taxonomy.methods[i] for mention in _each(intent, "method") for i in mention.ids]
        asked = _ASKS.search(empty.question) or (len(methods) > 1 and _ORDER.search(empty.question))
        if not 0 < len(methods) <= _MOST or not asked:
            return None
        filings = tuple(f for method in methods for f in self._categories.filer.filings(method, empty.language)[:1])
        return replace(empty, candidates=tuple(methods), categories=filings)

    def _of_category(self, empty: CategoryAnswer, intent: Intent) -> CategoryAnswer | None:
        first, last = _FIRST.search(empty.question), _LAST.search(empty.question)
        categories = _each(intent, "category")
        of_several = intent.of_methods or _ONE_OF.search(empty.question)
        if bool(first) == bool(last) or len(categories) != 1 or _each(intent, "method") or not of_several:
            return None
        category_id = categories[0].ids[0]
        category = self._taxonomy.categories[category_id]
        filed = {method for group in self._taxonomy.groups(category_id) for method in group.methods if method.year}
        if not filed:
            return None
        told = self._categories.notes.definition(category_id, empty.language)
        return replace(
            empty,
            name=category.name(empty.language),
            category=category,
            candidates=_at_the_end(sorted(filed, key=_age), newest=bool(last)),
            categories=(self._categories.filer.of_category(category_id, told),),
            total=len(filed),
        )


def _age(method: Method) -> tuple[int, str]:
    return method.year or 0, method.name.casefold()


def _at_the_end(methods: Sequence[Method], *, newest: bool) -> tuple[Method, ...]:
    """Return the methods of the first year, or of the last, of some in order of their years."""
    year = methods[-1 if newest else 0].year
    return tuple(method for method in methods if method.year == year)


def _each(intent: Intent, kind: str) -> list[Mention]:
    """Return the names of a kind that a question holds, each once."""
    return list({mention.ids: mention for mention in intent.mentions if mention.kind == kind}.values())
