"""A question in, the ways to ask it of the text that it means out: "2407.10671의 한계는?", "방금 추가한 논문 요약해줘".

A text that a question calls by its arXiv id, or as what was added last, is asked alone; a text that alone is asked may
go by the name in its title.
"""

import re
from collections.abc import Callable, Collection, Iterable

from index.analyse import is_name_like
from index.load import Language
from index.storage.record import DocumentCard
from qa.question.itself import may_ask_of_text
from qa.question.query import question_language
from qa.question.wording import THIS_TEXT
from qa.words.patterns import compiled

Within = Collection[str] | None  # ids of the documents that are asked, None for all
Way = tuple[str, Within]  # a question, and what it is asked of
Cards = Callable[[Within], Iterable[DocumentCard]]

_ARXIV = compiled(r"(?:\barxiv ?[:.]? ?)?(?<![\d.])(?P<id>\d{4}\.\d{4,5})(?:v\d+)?(?!\.?\d)(?: ?(?:논문|paper\b))?")
_ADDED = compiled(
    r"(?:(?:방금|지금|새로|최근에|마지막에|마지막으로|제가|내가) ?)*"
    r"(?:추가|업로드|등록)(?:한|된|했던) ?(?:논문|문서|파일|PDF|자료|글|거|것)"
    r"|(?:(?:방금|지금|새로|최근에|마지막에|마지막으로|제가|내가) ?)+"
    r"(?:올린|넣은|올려 ?준) ?(?:논문|문서|파일|PDF|자료|글|거|것)"
    r"|(?<![가-힣])(?:내|제) ?(?:논문|문서|파일|PDF|자료)"
    r"|\b(?:the |this |my )?(?:newly |just |last )?(?:paper|document|file|pdf|article) (?:that )?i(?:'ve| have)? "
    r"(?:just |last )?(?:added|uploaded)|\b(?:the |my )?(?:newly|just|last) (?:added|uploaded) "
    r"(?:paper|document|file|pdf|article)|\bmy (?:paper|document|pdf|file)\b"
)
_SCORE = compiled(r"점수(?:는|가|를|도|만)?(?![가-힣])|\bscores?\b")
_TITLE_NAME = re.compile(r"([\w+.-]+)(?:$|:)")
_THIS_TEXT = compiled(THIS_TEXT)
THIS: dict[Language, str] = {"ko": "이 논문", "en": "this paper"}
SUM_UP: dict[Language, str] = {"ko": "이 논문 요약", "en": "Summarize this paper"}


def names_a_text(question: str) -> bool:
    """Whether a question calls a text "this paper", by an arXiv id or as what was added last."""
    return any(pattern.search(question) for pattern in (_THIS_TEXT, _ARXIV, _ADDED))


def names_what_was_added(question: str) -> bool:
    """Whether a question calls a text what was added last."""
    return bool(_ADDED.search(question))


def ways_to_ask(
    question: str,
    within: Within,
    cards: Cards,
    by_name: Callable[[str, Within], list[Way]] = lambda question, within: [],
) -> list[Way]:
    """Return the question as it can be asked, the likeliest way first, each with the documents that are asked.

    It is as it stands; where it names the arXiv id of a text of the Library, or what was added last, that comes last,
    and where it says "this paper" and one alone is asked, first. Of the limits of a text of the user's own that it
    names, and the like, that text is asked first: `by_name` finds it by other names than its title begins with.
    """
    for pattern, find in ((_ARXIV, _of_id), (_ADDED, _added_last)):
        called = list(pattern.finditer(question))
        meant = find(called[0], cards(within)) if len(called) == 1 else []
        if meant:
            ways = [pattern.sub(THIS[question_language(question)], question), *_named(question, pattern, meant)]
            return [*((way, [card.doc_id for card in meant]) for way in ways), (question, within)]
    if may_ask_of_text(question):
        own = [card for card in cards(within) if not card.shipped]
        text = text_named(question, own)
        if of_text := by_name(question, within) if text is None else [(question, text)]:
            return [*of_text, (question, within)]
    named: list[str] = []
    if within is not None and _THIS_TEXT.search(question):
        meant = list(cards(within))
        named = _named(question, _THIS_TEXT, meant) if len({card.work for card in meant}) == 1 else []
    return [(way, within) for way in (question, *named)]


def title_name(title: str) -> str | None:
    """Return what a title calls its text: MIBench in "MIBench: Evaluating …"; None where it begins with no name."""
    found = _TITLE_NAME.match(title)
    return found[1] if found and is_name_like(found[1]) else None


def without_scores(question: str) -> str:
    """Return a question for a score without that word, which tables do not say of their figures."""
    return " ".join(_SCORE.sub("", question).split())


def text_named(question: str, cards: Iterable[DocumentCard]) -> Within:
    """Return the documents of the only work whose title begins with a name that the question holds; None for none."""
    named: dict[str, list[str]] = {}
    for card in cards:
        name = title_name(card.title)
        if name and re.search(rf"(?<!\w){re.escape(name)}(?![A-Za-z\d])", question, re.IGNORECASE):
            named.setdefault(card.work, []).append(card.doc_id)
    return next(iter(named.values())) if len(named) == 1 else None


def _of_id(called: re.Match[str], cards: Iterable[DocumentCard]) -> list[DocumentCard]:
    return [card for card in cards if called["id"] == card.arxiv]


def _added_last(_: re.Match[str], cards: Iterable[DocumentCard]) -> list[DocumentCard]:
    """Return the document that was added last, of those that are not shipped."""
    own = [card for card in cards if not card.shipped]
    return sorted(own, key=lambda card: -card.last_row)[:1]


def _named(question: str, pattern: re.Pattern[str], meant: Iterable[DocumentCard]) -> list[str]:
    """Return the question with the name that a title begins with in the place of what the text is called."""
    names = (re.match(r"[\w+.-]+", card.title) for card in meant)
    found = next((name.group() for name in names if name and is_name_like(name.group())), None)
    return [pattern.sub(found, question)] if found else []
