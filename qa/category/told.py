"""A question and what would be shown for it in, whether that tells of what the question names out. Answers nothing."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import lru_cache

from index.load import Document, Language
from qa.answer import Answer
from qa.category.intent import interpret
from qa.category.names import Mention, NameFinder
from qa.question.query import question_kind
from qa.reading.cite import Draft
from qa.retrieval.asked import Place

UNTOLD: dict[Language, str] = {
    "ko": "이것만 따로 정의한 문장은 찾지 못해, 서베이가 어디에 분류하고 무엇이라고 하는지 보여 드립니다.",
    "en": "I found no sentence that defines it by itself; shown is where the survey files it and what it says of it.",
}
REMEMBERED = 2_000  # sections whose names were found last
_LISTED = 3  # methods that a sentence names: it lists them
_SUBJECT, _NEXT = re.compile(r"[은는이가]\s"), re.compile(r",\s+(?:and )?[A-Z]")  # a Korean subject; another name
_OF_ANOTHER = 0.01  # probability that an answer is right whose sections do not name what was asked about


class TellingReader:
    """Reads whether sentences tell of the taxonomy's methods and categories that a question names."""

    def __init__(
        self, finder: NameFinder, document: Callable[[str], Document | None], known: Collection[Place]
    ) -> None:
        """Take what finds names, what reads documents by id, and the sections with known questions.

        These name their subject; those of papers that a user adds may leave it to the ones before, and are not judged.
        """
        self._finder = finder
        self._document = document
        self._known = frozenset(known)
        self._ids = lru_cache(maxsize=REMEMBERED)(lambda text: frozenset(i for m in finder.find(text) for i in m.ids))

    def filing_is_better(self, quoted: Answer) -> bool:
        """Whether a question is only what one filed method is, and no sentence of the answer tells it.

        A sentence tells it that names the method, and not as one of a list, in an answer that is sure. The survey files
        many methods of which its texts tell little more than that.
        """
        if question_kind(quoted.question) not in ("definition", "summary", "other") or not self._is_judged(quoted):
            return False
        intent = interpret(quoted.question, self._finder)
        if not intent.exact or len(intent.mentions) != 1:
            return False
        (asked,) = intent.mentions
        if asked.kind != "method" or asked.how == "typo":
            return False
        return quoted.unsure or not any(self._tells_of(asked, sentence.text) for sentence in quoted.sentences)

    def _tells_of(self, asked: Mention, sentence: str) -> bool:
        """Whether a sentence names what is asked about, and not only in a list."""
        named = [mention for mention in self._finder.find(sentence) if mention.kind == "method"]
        at = next((at for at, mention in enumerate(named) if set(mention.ids) & set(asked.ids)), None)
        if at is None:
            return False
        before, after = sentence[: named[at].start], sentence[named[at].end :]
        if not re.search(r"\w", before):
            return True
        goes_on = before.rstrip().endswith(",") and not _SUBJECT.match(after)
        listed = goes_on or bool(_NEXT.match(after))
        return not listed and (at == 0 or len({mention.ids for mention in named}) < _LISTED)

    def _is_judged(self, quoted: Answer) -> bool:
        """Whether all that is cited has known questions."""
        documents = [(self._document(citation.doc_id), citation.section_id) for citation in quoted.citations]
        return all(document and (document.work, section) in self._known for document, section in documents)

    def of_what_is_named(self, draft: Draft) -> Draft:
        """Return the draft; without its sentences where the sections that they come from are about something else.

        They have to name every method that the question names. Where it names only categories they have to name one of
        these, unless it compares: of what is compared, one side may be told.
        """
        asked = [mention for mention in self._finder.find(draft.question) if mention.certain]
        if draft.kind == "comparison":
            asked = [mention for mention in asked if mention.kind == "method"]
        if not asked or not draft.sentences:
            return draft
        texts = self._texts(draft)
        if texts is None:
            return draft
        named = frozenset[str]().union(*map(self._ids, texts))
        present = [not named.isdisjoint(mention.ids) for mention in asked]
        methods = [held for held, mention in zip(present, asked, strict=True) if mention.kind == "method"]
        if all(methods) and any(present):
            return draft
        return replace(draft, sentences=(), bridged=(), probability=min(draft.probability, _OF_ANOTHER))

    def _texts(self, draft: Draft) -> list[str] | None:
        """Return the sections that a draft's sentences come from, with headings and titles; None if one is unknown."""
        texts = []
        for doc_id, section_id in dict.fromkeys((s.evidence.doc_id, s.evidence.section_id) for s in draft.sentences):
            document = self._document(doc_id)
            section = document.section(section_id) if document else None
            if document is None or section is None or (document.work, section_id) not in self._known:
                return None
            texts.append("\n".join((document.title, *section.path, document.text[section.start : section.end])))
        return texts
