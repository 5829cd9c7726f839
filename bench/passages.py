"""Papers in, what search engines are measured on out: passages as vectors and as terms, and questions with them.

Papers are made by `bench.generate` or read from a folder. They are prepared in blocks that are kept in a folder, so
that a stopped run goes on where it was. Measures nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

import seeds
from bench.generate import MAX_PAPERS, World
from index.analyse import Analyser
from index.decode import normalise
from index.embed import MODEL_FOLDER, Embedder, open_embedder
from index.errors import InputError
from index.load import Document, Language, load, parse
from index.split import split
from qa.question.query import understand
from qa.words.bridge import Bridge

PAPERS_PER_BLOCK = 100
LANGUAGES: tuple[Language, Language] = ("ko", "en")
Groups = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class Passages:
    """Passage i has vectors[i] (unit, float32) and the terms words[t] for t in terms[starts[i]:starts[i + 1]]."""

    vectors: NDArray[np.float32]
    terms: NDArray[np.int32]
    starts: NDArray[np.int64]
    words: list[str]

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.vectors)

    def terms_of(self, row: int) -> list[str]:
        """Return a passage's terms in order."""
        return [self.words[term] for term in self.terms[self.starts[row] : self.starts[row + 1]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a unit vector, as its own terms, and as weighted groups of terms for passages of each language."""

    vector: NDArray[np.float32]
    terms: list[str]
    groups: tuple[Groups, Groups]

    @property
    def flat(self) -> dict[str, float]:
        """All terms of the groups, for engines that know no groups, each with its largest weight."""
        found: dict[str, float] = {}
        for group in (*self.groups[0], *self.groups[1]):
            for term, weight in group.items():
                if " " not in term:  # no passage has such a term
                    found[term] = max(weight, found.get(term, 0.0))
        return found


class Source:
    """Papers and questions: made ones, or the Markdown files of a folder and words of their passages."""

    def __init__(self, seed: int, folder: Path | None = None) -> None:
        self.name = folder.resolve().name if folder else f"made-{seed}"
        self._world = None if folder else World(seed)
        files = sorted(folder.rglob("*.md")) if folder else []
        self._files = [files[at] for at in default_rng(seed).permutation(len(files))]
        self.blocks = -(-(len(files) or MAX_PAPERS) // PAPERS_PER_BLOCK)

    def block(self, number: int) -> list[Document]:
        """Return the papers of a block, 0 to `blocks` - 1."""
        span = range(PAPERS_PER_BLOCK * number, PAPERS_PER_BLOCK * (number + 1))
        if self._world:
            made = [self._world.paper(at) for at in span]
            return [parse(normalise(paper.text), doc_id=f"p{paper.number}", source="made") for paper in made]
        found = []
        for path in self._files[span.start : span.stop]:
            try:
                found.append(load(path))
            except InputError:  # a page of an unknown kind is not needed here
                continue
        return found

    def questions(self, number: int, papers: int) -> list[str]:
        """Return questions about the first `papers` papers."""
        if self._world:
            return [self._world.question(at, papers).text for at in range(number)]
        rng, found = default_rng(1), list[str]()
        while len(found) < number:
            path = self._files[int(rng.integers(min(papers, len(self._files))))]
            words = [word for word in path.read_text(encoding="utf-8", errors="replace").split() if word.isalpha()]
            start, size = int(rng.integers(max(1, len(words) - 60))), int(rng.integers(3, 10))
            if len(words) > 80:  # words that stand near one another, in any order
                found.append(" ".join(rng.permutation(words[start : start + 60])[:size].tolist()))
        return found


def prepare(source: Source, size: int, kept: Path) -> Passages:
    """Return the first `size` passages, or all that there are; blocks that lie in `kept` are not made again.

    They are kept by the source's name: delete them when the analyser, the embedder or the papers have changed.
    """
    analyser, embedder = Analyser.load(MODEL_FOLDER / "korean.tsv"), open_embedder()
    kept = kept / source.name
    kept.mkdir(parents=True, exist_ok=True)
    blocks, vocabulary, held = [], dict[str, int](), 0
    for number in range(source.blocks):
        path = kept / f"{number:04d}.npz"
        if not path.exists():
            with path.with_suffix(".tmp").open("wb") as file:
                np.savez(file, **_prepared(source.block(number), analyser, embedder))  # type: ignore[arg-type]
            path.with_suffix(".tmp").rename(path)
        with np.load(path, allow_pickle=False) as block:
            words = bytes(block["words"]).decode().split("\n")
            renumber = np.array([vocabulary.setdefault(word, len(vocabulary)) for word in words], np.int32)
            blocks.append((block["vectors"], renumber[block["terms"]], block["lengths"]))
        held += len(blocks[-1][0])
        if held >= size:
            break
    vectors, terms, lengths = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    starts = np.concatenate([[0], np.cumsum(lengths[:size])])
    return Passages(vectors[:size], terms[: starts[-1]], starts, list(vocabulary))


def asked(source: Source, number: int, papers: int) -> list[Asked]:
    """Return questions that have a vector and a term, ready for search."""
    analyser, embedder = Analyser.load(MODEL_FOLDER / "korean.tsv"), open_embedder()
    bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser)
    found = []
    for text in source.questions(number, papers):
        query, vector = understand(text, analyser), embedder.embed_question(text)
        units = bridge.units(query.terms, query.text)
        if query.terms and vector.any():
            groups = [[group for unit in units for group in unit.groups(language)] for language in LANGUAGES]
            terms = list(dict.fromkeys(term.text for term in query.terms))
            found.append(Asked(vector, terms, (groups[0], groups[1])))
    return found


def _prepared(documents: Sequence[Document], analyser: Analyser, embedder: Embedder) -> dict[str, NDArray[Any]]:
    """Return the arrays of one block: vectors, terms as numbers, how many each passage has, and the words."""
    texts, terms, lengths = [], list[int](), []
    vocabulary: dict[str, int] = {}
    for document in documents:
        for passage in split(document):
            text, heading = document.text[passage.start : passage.end], " / ".join(passage.section.path)
            texts.append(f"{passage.section.path[-1]}. {text}" if passage.section.path else text)
            found = analyser.words(f"{heading}\n{text}")
            terms.extend(vocabulary.setdefault(word, len(vocabulary)) for word in found)
            lengths.append(len(found))
    return {
        "vectors": embedder.embed_passages(texts),
        "terms": np.array(terms, np.int32),
        "lengths": np.array(lengths, np.int64),
        "words": np.frombuffer("\n".join(vocabulary).encode(), np.uint8),
    }
