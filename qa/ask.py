"""A question in, an Answer out: the whole pipeline behind one object. Everything else calls this."""

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import seeds
from index.decode import repaired
from index.embed import BUNDLED, MODEL_FOLDER, open_embedder
from index.errors import InputError, LibraryError
from index.ingest import Outcome
from index.library import Library
from index.load import Document, Language
from index.pages.viewer import PageView, PageViewer, Place
from index.processes.worker import Limits
from index.segments.derive import Progress
from index.selftest import korean_blindness
from index.storage.record import DocumentCard, StoredPassage
from qa.across.reader import AcrossReader
from qa.across.turns import ListedReader
from qa.answer import Answer
from qa.category.answer import CategoryAnswer
from qa.category.categorise import CategoryFinder
from qa.category.taxonomy import Taxonomy
from qa.category.told import TellingReader
from qa.check.checker import ClaimChecker
from qa.compose import Composer, shown, sources_of
from qa.converse.complete import Completer, Exchange
from qa.converse.plainly import PlainSpeaker
from qa.converse.texts import TurnReader
from qa.converse.things import ThingReader
from qa.follow import Follower
from qa.form import put
from qa.further import further
from qa.host.courtesy import without_courtesy
from qa.host.reply import KIND as OF_THE_APP
from qa.host.reply import reply
from qa.llm.prompt import Turn
from qa.llm.writers import Writers
from qa.parts.divide import Divider
from qa.parts.sides import SideReader
from qa.question.itself import about_itself
from qa.question.query import Query, answer_language, understand
from qa.question.texts import TextFinder
from qa.quote import Quoter
from qa.reading.read import ExtractiveReader
from qa.reading.similar import asks_for_similar
from qa.retrieval.asked import AskedQuestions
from qa.retrieval.crossencode import open_reranker
from qa.retrieval.evidence import Inspector
from qa.retrieval.rerank import LinearReranker
from qa.retrieval.retrieve import CANDIDATES, Retriever, Run
from qa.retrieval.signals import SignalReader
from qa.retrieval.support import SupportReader, fitted_replies, fitted_support
from qa.settings import Settings, default_library
from qa.suggest import Suggester
from qa.words.bridge import Bridge
from qa.words.rename import Renamer


@dataclass(frozen=True, slots=True)
class Reply:
    """One step of an answer: the question that was searched for, and the answer as far as it is, whole when `done`.

    The question is the one asked, or what it was completed to from the conversation.
    """

    question: str
    answer: Answer
    done: bool


class Assistant:
    """An open Library that can be asked. Use `open_library`; close it, or use it as a context manager."""

    def __init__(
        self, library: Library, bridge: Bridge, taxonomy: Taxonomy, settings: Settings, writers: Writers | None = None
    ) -> None:
        """Join the parts. `warning` is what the user should know of the chosen models, or None.

        What looks at sentences does so with the bundled embedder, which is fast and which its weights are fitted for;
        another one finds passages.
        """
        bundled = library.embedder if settings.embedder == BUNDLED else open_embedder()
        self.warning = None if settings.embedder == BUNDLED else korean_blindness(library.embedder)
        self.library = library
        self.pages = PageViewer(library.originals)
        self.bridge = bridge
        tables = seeds.QUESTIONS, seeds.OPEN_QUESTIONS, seeds.SECTION_TEXTS
        self.asked = AskedQuestions.load(*tables, library.analyser, bundled, settings.cache / "questions")
        inspector = Inspector(library.analyser, bundled)
        self.signals = SignalReader(inspector, bundled)
        self.support = SupportReader(inspector, bundled, self.asked)
        self.settings = settings
        self.writers = writers or Writers(sources=settings.sources)
        self._limits = Limits(
            seconds=settings.read_seconds,
            memory_bytes=settings.read_memory_mb * 1_000_000,
            file_bytes=settings.read_file_mb * 1_000_000,
        )
        held, stamp = lambda: library.index.words, library.store.stamp
        self._renamer = Renamer(bridge, held, library.analyser, self.documents, stamp)
        self.retriever = Retriever(library, bridge, self.asked)
        self.reranker = open_reranker(settings.reranker, LinearReranker(self.signals))
        document, edition = library.store.document, library.store.edition
        models = fitted_support(), fitted_replies()
        counted = self.asked.are_counted
        self.reader = ExtractiveReader(library.analyser, bundled, self.support, *models, document, edition, counted)
        self.categories = CategoryFinder(taxonomy, library.analyser, bundled, bridge, document, edition, self._passages)
        finder = self.categories.finder
        telling = TellingReader(finder, document, self.asked.places)
        self._suggester = Suggester(finder, taxonomy, document, self.asked, bundled)
        things = ThingReader(library.analyser, bridge, finder, taxonomy, self._renamer.names)
        self.completer = Completer(things, document, lambda: (card.title for card in self.documents()))
        divider = Divider(SideReader(library.analyser, things), self.completer)
        speaker = PlainSpeaker(library.analyser, self.completer.read)
        texts = TextFinder(library.analyser, bridge, self.documents, self._renamer.names, stamp)
        across = AcrossReader(self.search, self.reader.chooser, library.analyser, self.documents, document)
        self.quoter = Quoter(
            self._found, self.reader, self.categories, telling, divider, across, document, texts, speaker
        )
        turns = TurnReader(self.completer, library.analyser, self.documents)
        self.follower = Follower(turns, ListedReader(self.documents), self.quoter)
        method_names = taxonomy.method_names()
        self.composer = Composer(ClaimChecker(library.analyser, bundled, bridge, method_names), document)

    def ask(self, question: str, language: Language | None = None, within: Collection[str] | None = None) -> Answer:
        """Answer a question from the Library, in its own language unless `language` or the question says another.

        A question about the taxonomy is answered by `category` where that rests on a section, and so is what a method
        is where no sentence tells it; the app itself answers what is said to it. `within` are the ids of the documents
        that are asked, None all. Raises InputError for a question that is empty, too long or without a word.
        """
        if (said := reply(question, language, lambda: self.documents(within))) is not None:
            return said
        question, wished = answer_language(without_courtesy(repaired(question)))
        return self.quoter.answer(question, language or wished, within).answer

    def stream(
        self,
        question: str,
        *,
        language: Language | None = None,
        within: Collection[str] | None = None,
        history: Sequence[Exchange] = (),
        written: bool = True,
        cancel: threading.Event | None = None,
    ) -> Iterator[Reply]:
        """Yield the answer to a question of a conversation as it grows; the last one is whole.

        `history` are the turns before it, oldest first. Where a language model is chosen and `written` says so, it
        writes the answer, and every sentence is checked; it is not asked what the Library does not support, where a
        method is filed and what several texts say. `cancel` stops it; what is written by then stands. Raises InputError
        as `ask`.
        """
        question, spoken = repaired(question), history[-1].answer.language if history else None
        if (said := reply(question, language, lambda: self.documents(within), spoken)) is not None:
            yield Reply(question, said, done=True)
            return
        history = [turn for turn in history if turn.answer.kind != OF_THE_APP]
        completion, quoted = self.follower.answer(without_courtesy(question), history, language, within)
        asked = answer_language(completion.question)[0]
        answer, writer = quoted.answer, self.writers.current() if written else None
        if completion.form == "more" and not answer.abstained:
            told = [sentence.text for turn in history for sentence in turn.answer.sentences]
            answer = further(answer, quoted.runs, told, self.reader.chooser.sentences, self.document)
        if writer is None or answer.abstained or quoted.stands or asks_for_similar(quoted.runs[0].query):
            yield Reply(asked, put(answer, completion.form), done=True)
            return
        sources = sources_of(quoted.runs, self.writers.sources)
        earlier = [Turn(turn.question, turn.answer.borne_out) for turn in history if not turn.answer.abstained]
        wanted = f"{asked} {question}" if completion.form else asked
        sentences = writer.write(wanted, answer.language, [shown(source) for source in sources], earlier, cancel)
        for grown, done in self.composer.compose(answer, sources, sentences, writer.endpoint.model, cancel):
            yield Reply(asked, grown, done)

    def suggest(self, answer: Answer, asked: Sequence[str], within: Collection[str] | None = None) -> list[str]:
        """Return questions to ask next that the Library answers; none of those that were asked."""

        def ask(question: str, texts: Collection[str] | None) -> Answer:
            return self.ask(question, answer.language, texts or within)

        return self._suggester.suggest(answer, asked, ask)

    def category(self, question: str, language: Language | None = None) -> CategoryAnswer:
        """Answer a question about the survey's taxonomy: a method's categories, a list, a count, a comparison, a guess.

        Raises InputError as `ask`.
        """
        self.understand(question, language)
        return self.quoter.tallier.answer(question, language) or self.categories.answer(question, language)

    def _found(self, question: str, language: Language | None, within: Collection[str] | None) -> Run:
        return self.search(question, self.settings.top_k, language, within)

    def understand(self, question: str, language: Language | None = None) -> Query:
        """Read a question; names and terms in it are put as the sources write them. Raises InputError as `ask`."""
        return understand(question, self.library.analyser, language, self._renamer.rename)

    def search(
        self,
        question: str,
        top_k: int = 10,
        language: Language | None = None,
        within: Collection[str] | None = None,
    ) -> Run:
        """Return the `top_k` best passages for a question. Raises InputError as `ask`, and when top_k < 1."""
        understood = self.understand(question, language)
        query = about_itself(understood, self.library.analyser, lambda: self.library.store.titles_of_one_work(within))
        run = self.reranker.rerank(self.retriever.search(query, max(top_k, CANDIDATES), within))
        return replace(run, hits=run.hits[:top_k])

    def _passages(self, text: str) -> list[StoredPassage]:
        return [hit.passage for hit in self.search(text, 8).hits]

    def document(self, doc_id: str) -> Document | None:
        """Return a stored document, or None."""
        return self.library.store.document(doc_id)

    def page(self, doc_id: str, places: Sequence[Place] = (), number: int | None = None) -> PageView:
        """Return a page of the PDF that a document was read from, with places (start, end) of its text marked.

        Without a number it is the page of the first place. Raises InputError where there is no such document, or its
        PDF is not kept, damaged or cannot be drawn.
        """
        document = self.document(doc_id)
        if document is None:
            raise InputError(f"no document is called {doc_id!r}; see `surveyqa library list`")
        return self.pages.page(document, places, number)

    def cited(self, answer: Answer) -> list[Document]:
        """Return the documents that an answer cites, each once, in the order of its citations; none that is damaged."""
        cited: list[Document] = []
        for doc_id in dict.fromkeys(citation.doc_id for citation in answer.citations):
            with suppress(LibraryError):  # the answer stands without it
                document = self.document(doc_id)
                cited += [document] if document else []
        return cited

    def documents(self, within: Collection[str] | None = None) -> list[DocumentCard]:
        """Return what the Library holds, by id; of the ids `within` only, if given."""
        return [card for card in self.library.store.cards() if within is None or card.doc_id in within]

    def add(self, papers: Sequence[str | Path], progress: Progress | None = None) -> list[Outcome]:
        """Add files, folders, patterns, arXiv ids and web addresses; return what became of each file."""
        return self.library.add(papers, progress, limits=self._limits)

    def similar_to(self, doc_id: str) -> list[str]:
        """Return the arXiv ids of the papers that a document lists as similar. Raises InputError for no such list."""
        document = self.document(doc_id)
        if document is None:
            raise InputError(f"no document is called {doc_id!r}; see `surveyqa library list`")
        if not document.similar:
            raise InputError(f"{doc_id} lists no similar papers; give the papers' arXiv ids themselves")
        return [f"arXiv:{paper.arxiv}" for paper in document.similar]

    def close(self) -> None:
        """Close the Library."""
        self.pages.close()
        self.library.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_library(
    folder: str | Path | None = None,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
    llm_key: str | None = None,
) -> Assistant:
    """Open a Library to ask it: SURVEYQA_LIBRARY's or the user's own, made from the shipped documents on first use.

    `llm_key` is what the language model's server asks for, if it asks. Raises LibraryError or ModelError when the
    folder or the embedder cannot be used, and InputError for a language model that cannot be.
    """
    chosen = settings or Settings(library=Path(folder or os.environ.get("SURVEYQA_LIBRARY") or default_library()))
    writers = Writers(llm_key, sources=chosen.sources)
    writers.choose(chosen.llm, chosen.llm_model)
    library = Library.open(chosen.library, embedder=chosen.embedder, create=chosen.shipped_seeds, progress=progress)
    library.keeps_originals = chosen.keep_originals
    if chosen.shipped_seeds and os.access(chosen.library, os.W_OK):
        library.add_new(seeds.documents(), progress)
    try:
        taxonomy = Taxonomy.load(seeds.TAXONOMY)
        kept = chosen.cache / "glossary"
        bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, library.analyser, taxonomy.korean_names(), kept)
        return Assistant(library, bridge, taxonomy, chosen, writers)
    except BaseException:
        library.close()
        raise
