"""What the category finder says, as data: filings, disagreements, predictions, lists and comparisons."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.load import Language
from qa.category.predict import Source
from qa.category.taxonomy import Category, CategoryGroup, CategoryPath, Method
from qa.cite import Citation

AnswerKind = Literal[
    "method", "ambiguous", "list", "comparison", "predicted", "closest", "published", "unknown", "refused"
]
FiledBy = Literal["survey", "companion list", "document"]


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
class CategoryAnswer:
    """The answer to a question about the taxonomy; `answer` is its text in `language`.

    `belongs` answers "is X a kind of Y?". `family` and `family_probability` are those of a prediction, summed over
    its categories. A "published" answer tells of the papers of its `candidates`. `similar` are other methods whose
    names hold the one asked about.
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
