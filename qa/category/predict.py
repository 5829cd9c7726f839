"""A description in, how likely each category of the taxonomy is, and whether it is an alignment method at all.

A description is compared with each category's definition, typical phrases, survey sections and filed methods, by words
(through the bridge, in both languages) and by vectors. A conditional logit weighs the comparisons; a logistic model
refuses. Both are fitted by `python -m bench.category --fit` into `fitted.json`. Reads no documents itself.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import Embedder
from index.load import Language
from qa.category.taxonomy import CategoryPath, Method, Taxonomy
from qa.words.bridge import Bridge, Unit

FITTED = Path(__file__).with_name("fitted.json")
CUES = Path(__file__).with_name("cues.json")
FIELDS = ("definition", "cue", "section", "method")
FEATURES = tuple(
    [f"{kind} {field}" for kind in ("words", "cosine", "cosine top 3") for field in FIELDS]
    + [f"family {kind}" for kind in ("words", "cosine")]
    + ["filed"]
)
GATE_FEATURES = (
    *("best words", "best cosine", "none words", "none cosine", "margin words", "margin cosine", "known", "size"),
)
_SATURATION = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """A text that speaks for a category (None: for none); `owners` are the methods that it is about."""

    field: str
    category_id: str | None
    text: str
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Guess:
    """One category and its calibrated probability; `nearest` are the texts of it that come closest."""

    path: CategoryPath
    probability: float
    nearest: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """Guesses, likeliest first; `families` sums them; `relevant` is the chance that it is an alignment method."""

    guesses: tuple[Guess, ...]
    families: Mapping[str, float]
    relevant: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of FEATURES and GATE_FEATURES, and the thresholds that `bench.category` chose."""

    weights: NDArray[np.float64]
    gate: NDArray[np.float64]
    gate_mean: NDArray[np.float64]
    gate_scale: NDArray[np.float64]
    relevant_from: float
    asserted_from: float

    @classmethod
    def load(cls, path: Path = FITTED) -> "Fitted":
        """Read the parameters."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        gate = raw["gate"]
        return cls(
            np.array([raw["weights"][name] for name in FEATURES]),
            np.array([*(gate["weights"][name] for name in GATE_FEATURES), gate["bias"]]),
            np.array([gate["mean"][name] for name in GATE_FEATURES]),
            np.array([gate["scale"][name] for name in GATE_FEATURES]),
            float(raw["relevant_from"]),
            float(raw["asserted_from"]),
        )


def sources_of(taxonomy: Taxonomy, sections: Iterable[Source], cues: Path = CUES) -> list[Source]:
    """Return what speaks for each category: its own words, typical phrases, survey sentences and filed methods."""
    found: list[Source] = []
    leaves = {category.category_id for category in taxonomy.leaves()}
    for category in taxonomy.leaves():
        english = f"{category.name_en}. {', '.join(category.aliases_en[:6])}. {category.definition_en}"
        korean = f"{category.name_ko}. {', '.join(category.aliases_ko[:6])}. {category.definition_ko}"
        found += [Source("definition", category.category_id, text) for text in (english, korean)]
    for row in json.loads(cues.read_text(encoding="utf-8")):
        found += [Source("cue", row["id"], phrase) for phrase in (*row["en"], *row["ko"])]
    found += [source for source in sections if source.category_id in leaves]
    for method in taxonomy.methods.values():
        for path in method.paths:
            owner = frozenset({method.method_id})
            found.append(Source("method", path[-1], method.title, owner))
            found.append(Source("method", path[-1], ", ".join(_descriptive(method)), owner))
    return [source for source in found if source.text]


class Predictor:
    """Compares descriptions with the categories. `without` leaves out what is known of one method, to test on it."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        sources: Sequence[Source],
        analyser: Analyser,
        embedder: Embedder,
        bridge: Bridge,
        fitted: Fitted | None = None,
    ) -> None:
        self._taxonomy = taxonomy
        self._analyser, self._embedder, self._bridge = analyser, embedder, bridge
        self._fitted = fitted
        self.leaves = tuple(category.category_id for category in taxonomy.leaves())
        self._column: dict[str | None, int] = {leaf: at for at, leaf in enumerate((*self.leaves, None))}
        self._family = np.array([list(self.leaves).index(self._first(leaf)) for leaf in self.leaves])
        self._sources = tuple(sources)
        self._terms = [Counter(analyser.words(source.text)) for source in sources]
        self._vectors = embedder.embed_passages([source.text for source in sources])
        self._where = np.array([self._column[source.category_id] for source in sources])
        self._fields = np.array([FIELDS.index(source.field) for source in sources])
        cells = sorted(set(zip(self._where.tolist(), self._fields.tolist(), strict=True)))
        self._cells = [(cell, np.flatnonzero((self._where == cell[0]) & (self._fields == cell[1]))) for cell in cells]
        self._postings = self._index(None)

    @property
    def relevant_from(self) -> float:
        """From which `relevant` on a description counts as an alignment method."""
        return self._fitted.relevant_from if self._fitted else 0.5

    @property
    def asserted_from(self) -> float:
        """From which probability on a category is asserted and not only called the closest."""
        return self._fitted.asserted_from if self._fitted else 0.5

    def predict(self, text: str, top_k: int = 3) -> Prediction:
        """Return the `top_k` likeliest categories of a description with what comes closest."""
        if self._fitted is None:
            raise ValueError("the predictor has no fitted parameters; run `python -m bench.category --fit`")
        features, gate = self.features(text)
        scores = features @ self._fitted.weights
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        standard = (gate - self._fitted.gate_mean) / self._fitted.gate_scale
        relevant = 1 / (1 + math.exp(-float(np.append(standard, 1.0) @ self._fitted.gate)))
        families: dict[str, float] = defaultdict(float)
        for leaf, share in zip(self.leaves, shares, strict=True):
            families[self._taxonomy.path(leaf)[0]] += float(share)
        vector = self._embedder.embed_question(text)
        guesses = tuple(
            Guess(self._taxonomy.path(self.leaves[at]), float(shares[at]), self._nearest(int(at), vector))
            for at in np.argsort(-shares)[:top_k]
        )
        return Prediction(guesses, dict(families), relevant)

    def features(self, text: str, without: str | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return FEATURES of each leaf, shape (leaves, features), and GATE_FEATURES."""
        postings = self._postings if without is None else self._index(without)
        units = self._bridge.units(self._analyser.terms(text), text)
        words, known = self._words(units, postings)
        cosine, top3 = self._cosines(self._embedder.embed_question(text), without)
        leaves = len(self.leaves)
        own = np.concatenate([words[:leaves], cosine[:leaves], top3[:leaves]], axis=1)
        total = words[:leaves].sum(axis=1)
        nearest = cosine[:leaves].max(axis=1)
        family = np.stack([self._of_family(total), self._of_family(nearest)], axis=1)
        filed = np.log1p([len(self._taxonomy.filed(leaf)) for leaf in self.leaves])[:, None]
        gate = np.array(
            [
                total.max(),
                nearest.max(),
                words[leaves, 1],
                cosine[leaves, 1],
                words[:leaves, 1].max() - words[leaves, 1],
                cosine[:leaves, 1].max() - cosine[leaves, 1],
                known,
                math.log1p(len(units)),
            ]
        )
        return np.concatenate([own, family, filed], axis=1), gate

    def _words(self, units: Sequence[Unit], postings: "_Postings") -> tuple[NDArray[np.float64], float]:
        """Return, per category and field, how much of the units it holds, and the share of the units known at all."""
        scores = np.zeros((len(self.leaves) + 1, len(FIELDS)))
        weight = held = 0.0
        for unit in units:
            best = np.zeros_like(scores)
            rarity = 0.0
            for language in ("ko", "en"):
                for form in unit.forms[_language(language)]:
                    parts = [postings.get(term) for term in form.terms]
                    present = [part for part in parts if part is not None]
                    if present:
                        share = sum(part[0] * part[1] for part in present) / len(parts)
                        best = np.maximum(best, share * (form.weight if form.terms != unit.own else 1.0))
                        rarity = max(rarity, form.weight)
            scores += best
            weight += unit.rarity
            held += unit.rarity * rarity
        return scores / math.sqrt(len(units) + 1), held / weight if weight else 0.0

    def _cosines(
        self, vector: NDArray[np.float32], without: str | None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return, per category and field, the highest cosine and the mean of the three highest."""
        cosines = (self._vectors @ vector).astype(np.float64)
        if without is not None:
            cosines[[without in source.owners for source in self._sources]] = -1.0
        shape = (len(self.leaves) + 1, len(FIELDS))
        best, top3 = np.zeros(shape), np.zeros(shape)
        for cell, members in self._cells:
            highest = np.maximum(np.sort(cosines[members])[-3:], 0.0)
            best[cell], top3[cell] = highest[-1], highest.sum() / 3
        return best, top3

    def _of_family(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        highest = np.zeros(len(values))
        np.maximum.at(highest, self._family, values)
        found: NDArray[np.float64] = highest[self._family]
        return found

    def _nearest(self, column: int, vector: NDArray[np.float32]) -> tuple[Source, ...]:
        """Return the two closest filed methods and the closest definition or survey sentence of a category."""
        cosines = self._vectors @ vector
        order = [at for at in np.argsort(-cosines) if self._where[at] == column]
        methods = [self._sources[at] for at in order if FIELDS[self._fields[at]] == "method"]
        told = [self._sources[at] for at in order if FIELDS[self._fields[at]] in ("definition", "section")]
        distinct = {next(iter(source.owners)): source for source in reversed(methods[:6])}
        return (*list(reversed(list(distinct.values())))[:2], *told[:1])

    def _index(self, without: str | None) -> "_Postings":
        """Return, for each term, its weight and how strongly each category's fields hold it."""
        counts: dict[str, NDArray[np.float64]] = {}
        shape = (len(self.leaves) + 1, len(FIELDS))
        for at, source in enumerate(self._sources):
            if without is not None and without in source.owners:
                continue
            for term, count in self._terms[at].items():
                counts.setdefault(term, np.zeros(shape))[self._where[at], self._fields[at]] += count
        postings: _Postings = {}
        for term, held in counts.items():
            having = int((held[:-1].sum(axis=1) > 0).sum())
            idf = math.log(1 + (len(self.leaves) - having + 0.5) / (having + 0.5))
            postings[term] = (idf, held / (held + _SATURATION))
        return postings

    def _first(self, leaf: str) -> str:
        family = self._taxonomy.path(leaf)[0]
        return next(other for other in self.leaves if self._taxonomy.path(other)[0] == family)


_Postings = dict[str, tuple[float, NDArray[np.float64]]]


def _language(code: str) -> Language:
    return "ko" if code == "ko" else "en"


def _descriptive(method: Method) -> list[str]:
    """Return the aliases that describe a method, without authors and bare acronyms."""
    return [alias for alias in (*method.aliases, *method.aliases_ko) if " " in alias and "et al" not in alias]
