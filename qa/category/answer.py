"""What the category finder says, as data: filings, disagreements, predictions, lists, tallies and comparisons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.load import Language
from qa.answer import Citation
from qa.category.predict import Source
from qa.category.taxonomy import Category, CategoryGroup, CategoryPath, Method

AnswerKind = Literal[
    "method", "ambiguous", "list", "tally", "comparison", "predicted", "closest", "published", "unknown", "refused"
]
FiledBy = Literal["survey", "companion list", "document"]
# What a tally tells: how many methods, or which; which category or year has the most or the fewest; which categories
# stand below one; how many stand on each level; which methods stand in several, or in all of those that are named.
Told = Literal["number", "names", "categories", "years", "parts", "levels", "several", "both"]
Places = tuple[int, int | None]  # from how many to how many, None for no bound
Years = tuple[int | None, int | None]  # the first and the last, None for no bound


@dataclass(frozen=True, slots=True)
class Filing:
    """One category that a method is filed under.

    `citation` stands in the section of the category itself; `detail` is the sentence of a section below it that
    names the method, where there is one.
    """

    path: CategoryPath
    names_ko: tuple[str, ...]
    names_en: tuple[str, ...]
    source: FiledBy
    citation: Citation | None
    detail: Citation | None = None

    def names(self, language: Language) -> tuple[str, ...]:
        """Return the names along the path."""
        return self.names_ko if language == "ko" else self.names_en


@dataclass(frozen=True, slots=True)
class OtherFiling:
    """Where another document files a method; `note` says how that relates to the survey's filing."""

    path: CategoryPath
    names_ko: tuple[str, ...]
    names_en: tuple[str, ...]
    doc_id: str
    note: str
    citation: Citation | None

    def names(self, language: Language) -> tuple[str, ...]:
        """Return the names along the path."""
        return self.names_ko if language == "ko" else self.names_en


@dataclass(frozen=True, slots=True)
class Predicted:
    """One likely category of a method that is not filed, with what comes closest to its description."""

    path: CategoryPath
    names_ko: tuple[str, ...]
    names_en: tuple[str, ...]
    probability: float
    evidence: tuple[Source, ...]
    citation: Citation | None

    def names(self, language: Language) -> tuple[str, ...]:
        """Return the names along the path."""
        return self.names_ko if language == "ko" else self.names_en


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: a method with its filings, or a category with its number of methods."""

    method: Method | None
    category: Category | None
    filings: tuple[Filing, ...]
    count: int
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of a tally: a category with its number of methods, a year with that, or a level with its categories.

    `number` is the year, the level, or in how many categories the `methods` stand; 0 for a category. `own` counts the
    methods that stand directly under the category that is asked about, beside those below it.
    """

    count: int
    path: CategoryPath = ()
    names_ko: tuple[str, ...] = ()
    names_en: tuple[str, ...] = ()
    number: int = 0
    methods: tuple[Method, ...] = ()
    own: bool = False

    def names(self, language: Language) -> tuple[str, ...]:
        """Return the names along the path."""
        return self.names_ko if language == "ko" else self.names_en


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted.

    `count` is the number of distinct methods (of categories for "parts" and "levels"), `filings` in how many places
    they stand. `order` is 1 where the most is asked for, -1 for the fewest, 0 for neither; `place` 2: the second.
    `rows` are in the order in which they are told, `best` those that are asked for, `lower` the best of the categories
    below those. `places`: in how many categories the methods of "several" stand.
    """

    told: Told
    count: int
    filings: int
    rows: tuple[Counted, ...]
    years: Years | None = None
    places: Places = (2, None)
    order: int = 0
    place: int = 1
    best: tuple[Counted, ...] = ()
    lower: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """The answer to a question about the taxonomy; `answer` is its text in `language`.

    `belongs` answers "is X a kind of Y?"; `tally` counts methods or categories. `family` and `family_probability` are
    those of a prediction, summed over its categories. A "published" answer tells of the papers of its `candidates`.
    `similar` are other methods whose names hold the one asked about.
    """

    question: str
    language: Language
    kind: AnswerKind
    method: Method | None = None
    candidates: tuple[Method, ...] = ()
    similar: tuple[Method, ...] = ()
    note: str = ""
    categories: tuple[Filing, ...] = ()
    conflicts: tuple[OtherFiling, ...] = ()
    agreements: tuple[OtherFiling, ...] = ()
    elsewhere: tuple[Filing, ...] = ()
    belongs: bool | None = None
    predicted: tuple[Predicted, ...] = ()
    family: str | None = None
    family_probability: float = 0.0
    category: Category | None = None
    groups: tuple[CategoryGroup, ...] = ()
    total: int = 0
    compared: tuple[Compared, ...] = ()
    tally: Tally | None = None
    name: str = ""
    answer: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which the answer numbers them."""
        return tuple(dict.fromkeys(self._cited()))

    def _cited(self) -> Iterator[Citation]:
        for filing in self.categories:
            yield from (citation for citation in (filing.citation, filing.detail) if citation)
        for side in self.compared:
            yield from (c for f in side.filings for c in (f.citation, f.detail) if c)
            if side.citation:
                yield side.citation
        others = [other.citation for other in (*self.conflicts, *self.agreements)]
        others += [filing.citation for filing in self.elsewhere] + [guess.citation for guess in self.predicted]
        yield from (citation for citation in others if citation)
