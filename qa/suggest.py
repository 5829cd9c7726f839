"""An Answer in, questions to ask next out, each of which the Library answers with something new.

They are known questions that other sentences answer than those shown, or made of the names that stand in the answer and
of the headings after what it cites; of a text that has no known questions, what may be asked of it as such, and after
an answer that goes through texts what may be asked of each. Nothing is worded freely.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice

import numpy as np

from index.embed import Embedder
from index.load import Document, Language
from index.outline import Section
from index.sentences import numbers_held
from qa.answer import Answer
from qa.category.names import NameFinder
from qa.category.taxonomy import Taxonomy
from qa.question.wording import SIMILAR_PAPERS, THE_REFERENCES
from qa.retrieval.asked import AskedQuestions, Place
from qa.words.particles import with_particle
from qa.words.patterns import compiled

SUGGESTED = 3
TRIED = 8  # questions that are tried on the Library at most, each as dear as an answer
_MOST_CHARS = 40  # of a heading that a question is made of
_MOST_KNOWN_CHARS = 80
_FIRST_KNOWN = 2  # known questions before those that are made
_ENOUGH = 0.7  # probability that the Library answers; above what an answer itself needs
# Known questions are written as people ask; only whole ones are shown.
_WHOLE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^[^a-z].*[가-힣]\?$"),
    "en": re.compile(r"^(?:What|Which|How|Why|Who|When|Where|Is|Are|Was|Were|Does|Do|Did|Can|Could|Has|Have)\b.*\?$"),
}
_NUMBERED = re.compile(r"^[\d.]+\s+|\s*\([^()]*\)")
_LISTING = compiled(f"{SIMILAR_PAPERS}|{THE_REFERENCES}")
_LIMITS: dict[Language, str] = {"ko": "{name}의 한계는?", "en": "What are the limitations of {name}?"}
_CATEGORY: dict[Language, str] = {"ko": "{topic} 어느 범주에 속해?", "en": "Which category does {name} belong to?"}
_OF_A_TEXT: dict[Language, tuple[str, ...]] = {
    "ko": ("이 문서는 뭘 제안했어?", "이 문서의 결론은?", "이 문서의 한계는?", "이 문서는 누가 썼어?"),
    "en": (
        "What does this document propose?",
        "What does this document conclude?",
        "What are the limitations of this document?",
        "Who wrote this document?",
    ),
}
_OF_EACH_TEXT: dict[Language, tuple[str, ...]] = {
    "ko": ("각 논문을 한 줄로 요약해줘", "각 논문의 한계는?"),
    "en": ("What is each paper about, in one sentence?", "What are the limitations of each paper?"),
}
_MEANING: dict[Language, str] = {"ko": "{name} 부분을 설명해줘", "en": "Explain {name}"}

Ask = Callable[[str, Collection[str] | None], Answer]  # a question, of the documents of some ids or of all


class Suggester:
    """Makes questions and keeps those that are answered."""

    def __init__(
        self,
        finder: NameFinder,
        taxonomy: Taxonomy,
        document: Callable[[str], Document | None],
        known: AskedQuestions,
        embedder: Embedder,
    ) -> None:
        """Take what finds the taxonomy's names, the taxonomy, what reads documents by id, and known questions."""
        self._known = known
        self._known_places = frozenset(known.places)
        self._embedder = embedder
        self._finder = finder
        self._taxonomy = taxonomy
        self._document = document

    def suggest(self, answer: Answer, asked: Sequence[str], ask: Ask) -> list[str]:
        """Return at most SUGGESTED questions that `ask` answers from another place than `answer` does first.

        Where nothing was found they are the question itself with a name in it spelt as it may have been meant.
        """
        if answer.abstained:
            corrected = self._corrected(answer)
            return [] if corrected is None or ask(corrected, None).abstained else [corrected]
        before = {_key(question) for question in (*asked, answer.question)}
        seen = {(citation.doc_id, citation.section_id, citation.start) for citation in answer.citations}
        kept: list[str] = []
        text = self._own_text(answer)
        of_text = dict.fromkeys(_OF_A_TEXT[answer.language] if text else (), text)
        others = _OF_EACH_TEXT[answer.language] if answer.by_text else self._questions(answer, names_methods=not text)
        questions = of_text | dict.fromkeys(others)
        for question, within in [one for one in questions.items() if _key(one[0]) not in before][:TRIED]:
            found = ask(question, within)
            places = {(c.doc_id, c.section_id, c.start) for c in found.citations}
            if (found.sure if within or found.by_text else found.probability >= _ENOUGH) and places - seen:
                kept.append(question)
                seen |= places
            if len(kept) == SUGGESTED:
                break
        return kept

    def _own_text(self, answer: Answer) -> list[str] | None:
        """Return the ids of the documents that an answer cites, if they are of one work without known questions."""
        documents = [document for citation in answer.citations if (document := self._document(citation.doc_id))]
        works = {document.work for document in documents}
        places = {(document.work, section.section_id) for document in documents for section in document.sections}
        known = not places.isdisjoint(self._known_places)
        return None if known or len(works) != 1 else list({document.doc_id for document in documents})

    def _questions(self, answer: Answer, *, names_methods: bool = True) -> Iterator[str]:
        """Yield questions, likeliest first: on what is cited, about methods named, then on the sections beside it."""
        known = self._known_questions(answer)
        yield from islice(known, _FIRST_KNOWN)
        language = answer.language
        names = self._named(answer) if names_methods else []
        for name in names[:2]:
            yield _LIMITS[language].format(name=name)
            if answer.kind != "category":
                yield _CATEGORY[language].format(
                    name=name, topic=with_particle(name, "은") if language == "ko" else name
                )
        yield from known
        for section in self._beside(answer):
            heading = _NUMBERED.sub("", section.path[-1]).strip()
            if 1 < len(heading) <= _MOST_CHARS and not _LISTING.search(heading):
                yield _MEANING[language].format(name=heading)

    def _known_questions(self, answer: Answer) -> Iterator[str]:
        """Yield known questions of the cited sections that sentences answer that are not shown, section by section."""
        question = self._embedder.embed_question(answer.question)
        for place, shown in self._shown(answer).items():
            known = self._known.of(place, answer.language)
            if known is None:
                continue
            for at in np.argsort(-(known.vectors @ question), kind="stable").tolist():
                text, sentences = known.texts[at], known.sentences[at]
                whole = len(text) <= _MOST_KNOWN_CHARS and _WHOLE[answer.language].search(text)
                if whole and sentences and shown.isdisjoint(sentences):
                    shown.update(sentences)
                    yield text

    def _shown(self, answer: Answer) -> dict[Place, set[int]]:
        """Return the numbers of the sentences that are shown of each cited section, from 1, but of changed ones."""
        shown: dict[Place, set[int]] = {}
        for citation in answer.citations:
            document = self._document(citation.doc_id)
            section = document.section(citation.section_id) if document else None
            if document is None or section is None:
                continue
            place, text = (document.work, section.section_id), document.text[section.start : section.end]
            if self._known.are_counted(place, document.language, text):
                spans = (section.start, section.end), (citation.start, citation.end)
                shown.setdefault(place, set()).update(numbers_held(document.text, *spans))
        return shown

    def _corrected(self, answer: Answer) -> str | None:
        """Return the question with the name that seems misspelt in it as the taxonomy writes it; None without one."""
        question, meant = answer.question, self._finder.guess(answer.question)
        if meant is None or len(meant.ids) > 1:
            return None
        taxonomy, (found,) = self._taxonomy, meant.ids
        is_method = meant.kind == "method"
        name = taxonomy.methods[found].name if is_method else taxonomy.categories[found].name(answer.language)
        return f"{question[: meant.start]}{name}{question[meant.end :]}"

    def _named(self, answer: Answer) -> list[str]:
        """Return the methods that the question and then the answer name, each once, as the taxonomy writes them."""
        text = "\n".join((answer.question, *(sentence.text for sentence in answer.sentences)))
        found = (mention for mention in self._finder.find(text) if mention.kind == "method" and len(mention.ids) == 1)
        return list(dict.fromkeys(self._taxonomy.methods[mention.ids[0]].name for mention in found if mention.certain))

    def _beside(self, answer: Answer) -> Iterator[Section]:
        """Yield the sections after the first one cited, in the answer's language, then those before it."""
        citation = next((c for c in answer.citations if c.language == answer.language), None)
        document = self._document(citation.doc_id) if citation else None
        if citation is None or document is None:
            return
        sections = [section for section in document.sections if section.path]
        at = next((n for n, section in enumerate(sections) if section.section_id == citation.section_id), None)
        if at is not None:
            yield from sections[at + 1 : at + 4]
            yield from reversed(sections[max(0, at - 3) : at])


def _key(question: str) -> str:
    return "".join(char for char in question.casefold() if char.isalnum())
