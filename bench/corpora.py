"""The shipped corpus and others out, each as an open Library with questions of which the answering places are known.

The shipped one brings the development questions. Others lie in folders on this machine: the README of
`bench/questions/transfer/` says where they come from; none is committed, nor a sentence of theirs: which ones answer is
told by digests. Libraries are made anew in a temporary folder.
"""

import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.questions import Question, read_questions
from index.library import Library
from index.load import Document
from index.outline import Section
from index.sentences import sentence_spans
from qa import open_library
from qa.ask import Assistant
from qa.evaluation.score import collapse
from qa.retrieval.retrieve import Hit
from qa.settings import Settings

TRANSFER = Path(__file__).parent / "questions" / "transfer"
NEAR_QUESTIONS = Path(__file__).parent / "questions" / "near"
PLAIN_QUESTIONS = Path(__file__).parent / "questions" / "plain"
DEVELOPMENT = "development"
NEAR = "near"
PLAIN = "plain"  # in a user's own words, by writers who knew the sections
OF_SHIPPED = (DEVELOPMENT, NEAR, PLAIN)  # questions to the shipped corpus, whose sections have known questions
LATER = frozenset({"courses", "mixed", "mixed_later", "old", "old_later", "pages_later"})  # nothing is fitted on them
UNASKED = "unasked"  # development questions, as they would be asked without known questions
Place = tuple[str, ...]  # (work, section id), or (document,)
Told = Mapping[str, Sequence[tuple[Place, str]]]  # sentences with their sections, by digest
DIGEST = 12  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of one corpus with the places that answer it; none: nothing does."""

    group: str
    text: str
    language: str
    gold: frozenset[Place]

    @property
    def by_section(self) -> bool:
        """Whether its gold are sections, not documents."""
        return any(len(place) > 1 for place in self.gold)


@dataclass(frozen=True, slots=True)
class Corpus:
    """An open Library and the questions on it; `answered` are those of which the needed sentences are given."""

    name: str
    assistant: Assistant
    questions: tuple[Asked, ...]
    answered: tuple[Question, ...] = ()

    @property
    def by_section(self) -> bool:
        """Whether the gold of its questions are sections, not documents."""
        return any(question.by_section for question in self.questions)


def places_of(hit: Hit) -> set[Place]:
    """Return the names under which a hit can be gold."""
    return {(hit.passage.work, hit.passage.section_id), (Path(hit.passage.source).stem,)}


def development_questions() -> Iterator[Asked]:
    """Yield the development questions."""
    for question in read_questions():
        gold = frozenset((work, section) for work, section in question.gold)
        yield Asked(DEVELOPMENT, question.text, question.language, gold)


def near_questions() -> Iterator[Asked]:
    """Yield the near questions: in pairs, the one that is answered first."""
    yield from questions_of(NEAR, NEAR_QUESTIONS / "survey.jsonl", NEAR_QUESTIONS / "papers.jsonl")


def plain_questions() -> Iterator[Asked]:
    """Yield the plain questions: the answered ones, then the open ones."""
    yield from questions_of(PLAIN, PLAIN_QUESTIONS / "answered.jsonl", PLAIN_QUESTIONS / "open.jsonl")


def questions_of(group: str, *paths: Path) -> Iterator[Asked]:
    """Yield the questions on the shipped corpus of some files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            gold = frozenset((work, section) for work, section in row["gold"])
            yield Asked(group, row["question"], row["language"], gold)


def transfer_questions(name: str, told: Told) -> Iterator[tuple[Asked, Question]]:
    """Yield the questions of `transfer/<name>.jsonl`, in two forms.

    Gold are the sections that hold needed sentences, or, where no sentences are given, documents. A question is left
    out, and said, if one of the sentences that it needs is not among those `told`: the documents are other ones.
    """
    left_out = 0
    for line in (TRANSFER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        groups = [[one for key in group for one in told.get(key, ())] for group in row.get("needed", ())]
        if not all(groups):
            left_out += 1
            continue
        documents = frozenset((document,) for document in row["gold"])
        gold = frozenset(place for group in groups for place, _ in group) or documents
        needed = tuple(tuple(text for _, text in group) for group in groups)
        fine = tuple(text for key in row.get("fine", ()) for _, text in told.get(key, ()))
        yield (
            Asked(name, row["question"], row["language"], gold),
            Question(row["id"], row["question"], row["language"], row["kind"], (), needed=needed, fine=fine),
        )
    if left_out:
        sys.stderr.write(f"{name}: {left_out} questions left out, whose sentences are not in these documents\n")


def told_by(assistant: Assistant) -> Told:
    """Return all sentences of a Library, by what they digest to."""
    found = defaultdict(list)
    for document, section, text in sections_of(assistant):
        for start, end in sentence_spans(text):
            found[digest(text[start:end])].append(((document.work, section.section_id), text[start:end]))
    return found


def sections_of(assistant: Assistant) -> Iterator[tuple[Document, Section, str]]:
    """Yield all sections of a Library, with their documents and their own text."""
    for card in assistant.documents():
        document = assistant.document(card.doc_id)
        if document is not None:
            yield from ((document, one, document.text[one.start : one.end]) for one in document.sections)


def digest(sentence: str) -> str:
    """Return what a sentence is known by, whatever white space it has."""
    return hashlib.sha256(collapse(sentence).encode()).hexdigest()[:DIGEST]


@contextmanager
def open_corpora(folders: Mapping[str, Path]) -> Iterator[list[Corpus]]:
    """Open the shipped corpus, with development, near and plain questions, and those in `folders`, by name."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shipped = stack.enter_context(open_library(root / "shipped"))
        found = [
            Corpus(DEVELOPMENT, shipped, tuple(development_questions())),
            Corpus(NEAR, shipped, tuple(near_questions())),
            Corpus(PLAIN, shipped, tuple(plain_questions())),
        ]
        for name, folder in folders.items():
            with Library.open(root / name, create=True) as library:
                library.decline_shipped()
                library.add([folder])
            settings = Settings(library=root / name, shipped_seeds=False)
            assistant = stack.enter_context(open_library(settings=settings))
            asked = list(transfer_questions(name, told_by(assistant)))
            answered = tuple(question for _, question in asked if question.needed)
            found.append(Corpus(name, assistant, tuple(one for one, _ in asked), answered))
        yield found


def named_folders(pairs: Sequence[str]) -> dict[str, Path]:
    """Return the folders of arguments like `fastapi=FOLDER`. Raises ValueError for a name without questions."""
    found = {}
    for pair in pairs:
        name, _, folder = pair.partition("=")
        if not (TRANSFER / f"{name}.jsonl").is_file() or not folder or not Path(folder).is_dir():
            known = ", ".join(sorted(path.stem for path in TRANSFER.glob("*.jsonl")))
            raise ValueError(f"{pair!r}: expected NAME=FOLDER with a name out of {known} and a folder that is there")
        found[name] = Path(folder)
    return found
