"""What is said to the app itself in, its Answer out; None for a question about what the Library's documents tell.

It says only what is true of the program and of the list of documents, so nothing is cited.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from index.load import Language
from index.storage.record import DocumentCard
from qa.answer import Answer, Form, Sentence
from qa.host import wording
from qa.host.courtesy import without_courtesy
from qa.host.phrases import MOST_CHARS, small_talk
from qa.host.wording import Matter
from qa.question.query import question_language
from qa.words.made_of import is_made_of
from qa.words.patterns import compiled

KIND = "host"  # of an Answer that the app gives of itself
_MOST_WORD_CHARS = 16
_MOST_TITLES = 40
_ASKS = {matter: tuple(compiled(pattern) for pattern in patterns) for matter, patterns in wording.ASKS.items()}
_POINTS = compiled(wording.POINTS)
_UNREAD = compiled(wording.UNREAD)
_HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
_QUOTES = re.compile(r"[“”‘’\"()]")


def matter_of(question: str) -> Matter | None:
    """Return what a turn says to the app, or asks about it; None for any other question."""
    text = " ".join(question.split())
    if len(text) > MOST_CHARS:
        return None
    for said in dict.fromkeys((text, without_courtesy(text))):
        found = small_talk(said) or _asked(said)
        if found is not None:
            return found
    return None


def reply(
    question: str,
    language: Language | None,
    cards: Callable[[], Sequence[DocumentCard]],
    spoken: Language | None = None,
) -> Answer | None:
    """Return what the app says to a turn, in the turn's language unless `language` says another; None as `matter_of`.

    `cards` lists the documents that are asked. "ok" and "thx" are of the language `spoken` before, if any.
    """
    matter = matter_of(question)
    if matter is None:
        return None
    is_of_any = matter in wording.SMALL_TALK and not _HANGUL.search(question)
    language = language or (spoken if is_of_any else None) or question_language(question)
    sentences = _holdings(cards(), language) if matter == "holdings" else _said(matter, question, language)
    return Answer(question, language, KIND, tuple(sentences), (), None, (), 1.0)


def _asked(text: str) -> Matter | None:
    found = (matter for matter, asked in _ASKS.items() if all(pattern.search(text) for pattern in asked))
    matter = next(found, None)
    if matter is None or _POINTS.search(text):
        return None
    says_only_that = is_made_of(_QUOTES.sub(" ", text), wording.SAYS_KO, wording.SAYS_EN, _MOST_WORD_CHARS)
    return matter if says_only_that else None


def _said(matter: Matter, question: str, language: Language) -> Iterable[Sentence]:
    if matter == "adding" and _UNREAD.search(question):
        yield Sentence(wording.UNREAD_SAID[language], ())
    for number, line in enumerate(wording.SAYS[matter][language]):
        form: Form = "item" if matter == "abilities" and number else "sentence"
        yield Sentence(line, (), form)


def _holdings(cards: Sequence[DocumentCard], language: Language) -> Iterable[Sentence]:
    """Yield how many texts there are and their titles, each work once, in `language` where it has that edition."""
    works: dict[str, DocumentCard] = {}
    for card in cards:
        if card.work not in works or card.language == language:
            works[card.work] = card
    count = len(works)
    line = wording.HOLDINGS[language].format(
        count=count, are="is" if count == 1 else "are", works="text" if count == 1 else "texts"
    )
    yield Sentence(line, ())
    titles = sorted(card.title + (f" ({card.year})" if card.year else "") for card in works.values())
    yield from (Sentence(title, (), "item") for title in titles[:_MOST_TITLES])
    if count > _MOST_TITLES:
        yield Sentence(wording.HOLDINGS_MORE[language].format(count=count - _MOST_TITLES), (), "item")
