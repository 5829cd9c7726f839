"""The taxonomy in, what a picture of it and its cards show out: a tree with counts, categories, methods, neighbours.

Every method counts once in a category and once in the total, under however many of its sub-categories it is filed.
Sentences are Citations, so each stands in the stored document. Knows no interface and finds no names in questions.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.load import Language
from qa.answer import Answer, Citation
from qa.category.answer import Filing, OtherFiling
from qa.category.categorise import CategoryFinder
from qa.category.questions import Subject, about_category, about_method
from qa.category.taxonomy import Ambiguity, Category, CategoryPath, Method, Placement, Taxonomy

SENTENCES = 4  # of those that name a method, on its card
NEAREST = 5
_LEAST_COSINE = 0.5  # below, what two methods have in common is little more than being methods
_NAME = r"[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*"  # with a small letter: "ICL and IT" are no authors
_AUTHORS = re.compile(rf"({_NAME}(?: {_NAME})? et al\.|{_NAME} and {_NAME}|{_NAME}(?= \d{{4}}$))(?: \d{{4}}[a-z]?)?")


@dataclass(frozen=True, slots=True)
class Node:
    """One category of the picture. `short` names leave out what all top categories say; `own` methods are no child's.

    `count` is the number of distinct methods of the category and of all below it.
    """

    category_id: str
    parent: str | None
    name_ko: str
    name_en: str
    short_ko: str
    short_en: str
    count: int
    own: int


@dataclass(frozen=True, slots=True)
class Row:
    """One method of the picture; `leaves` are the categories that it is filed under, the main one first."""

    method_id: str
    name: str
    title: str
    year: int | None
    authors: str
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole picture: `total` distinct methods in `filings` places, `shared` of them in more than one."""

    nodes: tuple[Node, ...]
    rows: tuple[Row, ...]
    total: int
    filings: int
    shared: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A method that a document files under another category than the survey does."""

    method: Method
    survey: CategoryPath
    other: OtherFiling


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A category's page; `told` is the sentence of the survey notes that defines it."""

    category: Category
    told: Citation | None
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True, slots=True)
class MethodCard:
    """A method's page.

    `told` is the sentence that says most about it, `sentences` are further ones that name it. `neighbours` are filed
    under its main category, `nearest` are told of in the most similar words, the closest first.
    """

    method: Method
    authors: str
    filings: tuple[Filing, ...]
    conflicts: tuple[OtherFiling, ...]
    agreements: tuple[OtherFiling, ...]
    elsewhere: tuple[Filing, ...]
    told: Citation | None
    sentences: tuple[Citation, ...]
    ambiguities: tuple[Ambiguity, ...]
    similar: tuple[Method, ...]
    neighbours: tuple[Method, ...]
    nearest: tuple[Method, ...]


class CategoryMap:
    """Draws up what the picture shows. `embedder` compares what is told of methods; a fast one, as they are 200."""

    def __init__(self, finder: CategoryFinder, embedder: Embedder) -> None:
        self.taxonomy = finder.taxonomy
        self._finder, self._notes, self._filer = finder, finder.notes, finder.filer
        self._embedder = embedder

    @cached_property
    def tree(self) -> Tree:
        """Return the whole picture."""
        methods = tuple(self.taxonomy.methods.values())
        return Tree(
            nodes=tuple(_node(self.taxonomy, category) for category in self.taxonomy.categories.values()),
            rows=tuple(_row(method) for method in methods),
            total=len(methods),
            filings=sum(len(method.paths) for method in methods),
            shared=sum(len(method.paths) > 1 for method in methods),
        )

    def prepare(self) -> None:
        """Make what is made when first needed, so that nobody waits for it: seconds, where nothing was asked yet."""
        self._nearest(next(iter(self.taxonomy.methods)))
        _ = self._finder.predictor

    def category(self, category_id: str, language: Language) -> CategoryCard:
        """Return a category's page. Raises KeyError for an id that is not in the taxonomy."""
        category = self.taxonomy.categories[category_id]
        told = self._notes.definition(category_id, language)
        return CategoryCard(category, told, tuple(self._disagreements(language, category_id)))

    def disagreements(self, language: Language) -> tuple[Disagreement, ...]:
        """Return all that documents file elsewhere than the survey does."""
        return tuple(self._disagreements(language))

    def method(self, method_id: str, language: Language) -> MethodCard:
        """Return a method's page. Raises KeyError for an id that is not in the taxonomy."""
        method = self.taxonomy.methods[method_id]
        filings = self._filer.filings(method, language)
        told = self._notes.telling(method_id, language)
        shown = {told, *(citation for filing in filings for citation in (filing.citation, filing.detail))}
        placements = self.taxonomy.placements_of(method_id)
        others = [(placement, self._filer.other(placement, language)) for placement in placements]
        return MethodCard(
            method=method,
            authors=authors(method),
            filings=filings,
            conflicts=tuple(other for placement, other in others if not agrees(placement, method)),
            agreements=tuple(other for placement, other in others if agrees(placement, method)),
            elsewhere=self._filer.elsewhere(method, language),
            told=told,
            sentences=tuple(self._sentences(method, language, shown))[:SENTENCES],
            ambiguities=tuple(one for one in self.taxonomy.ambiguous if method_id in one.methods),
            similar=self._filer.similar(method),
            neighbours=tuple(other for other in self.taxonomy.filed(method.paths[0][-1]) if other is not method),
            nearest=self._nearest(method_id),
        )

    def questions(self, owner_id: str, language: Language, ask: Callable[[str], Answer]) -> tuple[str, ...]:
        """Return questions on a category or method that `ask` answers, the plainest first.

        Raises KeyError for an id that is not in the taxonomy.
        """
        if owner_id in self.taxonomy.categories:
            return about_category(self._category_subject(owner_id, language), language, ask)
        method = self.taxonomy.methods[owner_id]
        return about_method(Subject(method.name, (method.name, *method.aliases_ko)), language, ask)

    def _category_subject(self, category_id: str, language: Language) -> Subject:
        category, told = self.taxonomy.categories[category_id], self._notes.definition(category_id, language)
        siblings = self.taxonomy.siblings(category_id)
        return Subject(
            name=_within_a_sentence(_node(self.taxonomy, category), language),
            names=(category.name_ko, category.name_en, *category.aliases_ko, *category.aliases_en),
            section=told.section if told else (),
            other=_within_a_sentence(_node(self.taxonomy, siblings[0]), language) if siblings else "",
        )

    def _disagreements(self, language: Language, category_id: str | None = None) -> Iterable[Disagreement]:
        """Yield those that concern a category or one below it, by either side; all without one."""
        for placement in self.taxonomy.placements:
            method = self.taxonomy.methods[placement.method_id]
            concerned = category_id is None or any(category_id in path for path in (placement.path, *method.paths))
            if concerned and not agrees(placement, method):
                yield Disagreement(method, method.paths[0], self._filer.other(placement, language))

    def _sentences(self, method: Method, language: Language, shown: set[Citation | None]) -> Iterable[Citation]:
        """Yield the sentences that name a method, in the language where there are such, without those already shown."""
        named = [
            citation
            for sentence, citation in self._notes.naming(method.name, language)
            if method.method_id in sentence.methods and not sentence.is_listing
        ]
        own = [citation for citation in named if citation.language == language]
        yield from (citation for citation in own or named if citation not in shown)

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """What is told of each method, as unit vectors of shape (methods, dimension), in the order of the taxonomy."""
        texts = {method_id: [method.title] for method_id, method in self.taxonomy.methods.items()}
        for source in self._notes.sources():
            for method_id in source.owners:
                texts[method_id].append(source.text)
        means = np.stack([self._embedder.embed_passages(told).mean(axis=0) for told in texts.values()])
        unit: NDArray[np.float32] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        return unit

    def _nearest(self, method_id: str) -> tuple[Method, ...]:
        methods = list(self.taxonomy.methods.values())
        at = next(at for at, method in enumerate(methods) if method.method_id == method_id)
        cosines = self._vectors @ self._vectors[at]
        order = np.argsort(-cosines, kind="stable")[: NEAREST + 1]
        return tuple(methods[i] for i in order if i != at and cosines[i] >= _LEAST_COSINE)[:NEAREST]


def agrees(placement: Placement, method: Method) -> bool:
    """Whether the survey files a method where a document does, or more exactly."""
    return any(path[: len(placement.path)] == placement.path for path in method.paths)


def authors(method: Method) -> str:
    """Return a method's authors as its spellings name them ("Chen et al.", "Wu and Aji", "Lee"), or ""."""
    return next((found[1] for alias in method.aliases if (found := _AUTHORS.fullmatch(alias))), "")


def _node(taxonomy: Taxonomy, category: Category) -> Node:
    return Node(
        category_id=category.category_id,
        parent=category.parent,
        name_ko=category.name_ko,
        name_en=category.name_en,
        short_ko=_short(category.name_ko, category.aliases_ko, category.parent),
        short_en=_short(category.name_en, category.aliases_en, category.parent),
        count=taxonomy.count(category.category_id),
        own=len(taxonomy.filed(category.category_id)),
    )


def _short(name: str, aliases: Iterable[str], parent: str | None) -> str:
    """Return a top category's first alias that is a part of its name: 귀납적 편향 of 귀납적 편향을 통한 정렬."""
    parts = (alias for alias in aliases if re.search(rf"(?i){re.escape(alias)}(?![a-z])", name))
    best = next(parts, name) if parent is None else name
    return best[0].upper() + best[1:]


def _within_a_sentence(node: Node, language: Language) -> str:
    """Return a category's short name without what stands in brackets, as it is written within a sentence."""
    if language == "ko":
        return re.sub(r"\s*\([^)]*\)", "", node.short_ko)
    return node.short_en[:1].lower() + node.short_en[1:]


def _row(method: Method) -> Row:
    leaves = tuple(path[-1] for path in method.paths)
    return Row(method.method_id, method.name, method.title, method.year, authors(method), leaves)
