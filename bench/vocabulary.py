"""The project's own words in, the vocabulary of made papers out: concepts in both languages, fields and topics of them.

A concept is a Korean stem with particles or endings and the forms of an English word; translations stand together as
far as the bridge knows them. Writes no text.
"""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import faiss
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from index.analyse import english_stem, is_stopword
from index.embed import MODEL_FOLDER, open_embedder
from index.load import Language

FIELDS = 8  # topic t is of field t % FIELDS
FIELD_WORDS = 250
TOPICS = 300
TOPIC_WORDS = 400
FOCUS_WORDS = 24
COMMON = 2_000  # fields stand around one of so many commonest concepts

_AFTER_CONSONANT = "은 을 의 이 에 과 으로 에서 도 에는 이다 들은 들을 에서는".split()
_AFTER_VOWEL = "는 를 의 가 에 와 로 에서 도 에는 이다 들은 들을 에서는".split()
_AFTER_VERB = "는 고 다 지 게 기 며 면 거나 도록".split()
_BARE = 3  # so often a noun stands without a particle, beside once with each
_SKEW = 1.8  # above 1: the first forms are chosen oftener


@dataclass(frozen=True, slots=True)
class Forms:
    """The surface forms of every concept in one language: those of concept i are at starts[i]:starts[i + 1]."""

    surfaces: NDArray[np.object_]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, forms: Sequence[Sequence[str]]) -> "Forms":
        """Join the concepts' lists."""
        starts = np.concatenate([[0], np.cumsum([len(each) for each in forms])])
        return cls(np.array([form for each in forms for form in each], object), starts)

    def choose(self, concepts: NDArray[np.int64], chances: NDArray[np.float64]) -> NDArray[np.object_]:
        """Return a form of each concept, the first ones oftener; chances in [0, 1)."""
        count = self.starts[concepts + 1] - self.starts[concepts]
        chosen: NDArray[np.object_] = self.surfaces[self.starts[concepts] + (count * chances**_SKEW).astype(np.int64)]
        return chosen


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Concepts, the commonest first.

    Rows of `fields` (FIELDS, FIELD_WORDS), `topics` (TOPICS, TOPIC_WORDS) and `nearest` (concepts, FOCUS_WORDS) are
    concepts, int64, the most typical first. `pieces` are short English words, to coin names from.
    """

    forms: dict[Language, Forms]
    fields: NDArray[np.int64]
    topics: NDArray[np.int64]
    nearest: NDArray[np.int64]
    pieces: list[str]

    @classmethod
    def make(cls, rng: Generator) -> "Vocabulary":
        """Draw fields and topics: the concepts nearest to a random one in the embedder's space, with some chance."""
        forms, pieces, vectors, near_each = _concepts()
        near = vectors[rng.choice(COMMON, FIELDS, replace=False)] @ vectors.T
        fields = np.argsort(-near, axis=1)[:, :FIELD_WORDS]
        centres = fields[np.arange(TOPICS) % FIELDS, rng.integers(FIELD_WORDS, size=TOPICS)]
        near = vectors[centres] @ vectors.T + 0.04 * rng.gumbel(size=(TOPICS, len(vectors)))
        return cls(forms, fields, np.argsort(-near, axis=1)[:, :TOPIC_WORDS], near_each, pieces)

    def __len__(self) -> int:
        """Return the number of concepts."""
        return len(self.nearest)


def inflected(stem: str, *, verb: bool) -> list[str]:
    """Return a Korean stem with endings, or with the particles that suit its last sound and bare."""
    if verb:
        return [stem + ending for ending in _AFTER_VERB]
    closed = "가" <= stem[-1] <= "힣" and (ord(stem[-1]) - ord("가")) % 28
    return [stem] * _BARE + [stem + particle for particle in (_AFTER_CONSONANT if closed else _AFTER_VOWEL)]


def cumulative(size: int, *, exponent: float, offset: float) -> NDArray[np.float64]:
    """Return the cumulative probabilities of Zipf–Mandelbrot ranks, p(r) ~ (r + offset)^-exponent, the last above 1."""
    shares = (np.arange(1.0, size + 1) + offset) ** -exponent
    summed: NDArray[np.float64] = np.cumsum(shares) / shares.sum()
    summed[-1] = 2.0  # rounding must not leave a chance above all of them
    return summed


@lru_cache(maxsize=1)
def _concepts() -> tuple[dict[Language, Forms], list[str], NDArray[np.float32], NDArray[np.int64]]:
    """Return the concepts' forms, the commonest first, pieces of names, unit vectors, and the nearest of each."""
    english, korean, counts = _english_forms(), _korean_stems(), _counts()
    best: dict[str, tuple[float, str]] = {}
    for line in _lines("bridge.tsv"):
        ours, theirs, chance = line.split("\t")
        if ours in korean and theirs in english and not is_stopword(ours):
            best[theirs] = max(best.get(theirs, (0.1, "")), (float(chance), ours))
    pairs = {(ours, theirs) for theirs, (_, ours) in best.items() if ours}
    used = {ours for ours, _ in pairs}
    others = sorted((stem for stem in korean if stem not in used), key=lambda stem: (-counts.get(stem, 0), stem))
    unpaired = sorted((stem for stem in english if stem not in best), key=lambda stem: (-counts.get(stem, 0), stem))
    pairs |= set(zip(others, unpaired, strict=False))  # no translations, but as common
    common = sorted(pairs, key=lambda pair: (-max(counts.get(pair[0], 0), counts.get(pair[1], 0)), pair))
    concepts = [(ours, korean[ours], english[theirs]) for ours, theirs in common]
    vectors = open_embedder().embed_passages([f"{stem} {surfaces[0]}" for stem, _, surfaces in concepts])
    vectors -= vectors.mean(axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    forms: dict[Language, Forms] = {
        "ko": Forms.of([inflected(stem, verb=verb) for stem, verb, _ in concepts]),
        "en": Forms.of([surfaces for _, _, surfaces in concepts]),
    }
    pieces = [surfaces[0] for _, _, surfaces in concepts if 3 <= len(surfaces[0]) <= 7]
    return forms, pieces, vectors, _nearest(vectors)


def _english_forms() -> dict[str, list[str]]:
    """Return the forms of English stems that the tokenizer's vocabulary or the counted words hold."""
    stored = json.loads((MODEL_FOLDER / "embedder/0_StaticEmbedding/tokenizer.json").read_text(encoding="utf-8"))
    known: dict[str, list[str]] = defaultdict(list)
    for piece, _ in stored["model"]["vocab"]:
        if re.fullmatch("▁[a-z]{3,}", piece):
            known[english_stem(piece[1:])].append(piece[1:])
    for word in _counts():
        if re.fullmatch("[a-z]{3,}", word) and word not in known:
            known[word].append(word)
    for stem, forms in known.items():
        if len(forms) == 1 and english_stem(forms[0] + "s") == stem:
            forms.append(forms[0] + "s")
    return {stem: forms for stem, forms in known.items() if not is_stopword(stem)}


def _korean_stems() -> dict[str, bool]:
    rows = [line.split("\t") for line in _lines("korean.tsv")[1:]]
    return {stem or surface: kind == "verb" for kind, surface, stem, _ in rows if kind != "tail"}


@lru_cache(maxsize=1)
def _counts() -> dict[str, int]:
    rows = [line.split("\t") for line in _lines("frequencies.tsv")[1:]]
    return {word: int(count) for word, count in rows}


def _lines(name: str) -> list[str]:
    return (MODEL_FOLDER / name).read_text(encoding="utf-8").splitlines()


def _nearest(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    found: NDArray[np.int64] = index.search(vectors, FOCUS_WORDS)[1]
    return found
