"""taxonomy.json in, the survey's categories and filed methods out, with look-ups.

A category path is a tuple of category ids, top first. Finds no names in questions and predicts nothing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.load import Language

CategoryPath = tuple[str, ...]
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})")


@dataclass(frozen=True, slots=True)
class Category:
    """One node of the taxonomy; `section` is the id of the survey-notes section that describes it."""

    category_id: str
    parent: str | None
    name_en: str
    name_ko: str
    aliases_en: tuple[str, ...]
    aliases_ko: tuple[str, ...]
    definition_en: str
    definition_ko: str
    section: str

    def name(self, language: Language) -> str:
        """Return the category's name in a language."""
        return self.name_ko if language == "ko" else self.name_en

    def definition(self, language: Language) -> str:
        """Return the category's definition in a language."""
        return self.definition_ko if language == "ko" else self.definition_en


@dataclass(frozen=True, slots=True)
class Method:
    """One filed method; `paths` are all that it is filed under, the main one first."""

    method_id: str
    name: str
    title: str
    aliases: tuple[str, ...]
    aliases_ko: tuple[str, ...]
    year: int | None
    url: str | None
    paths: tuple[CategoryPath, ...]

    @property
    def dated(self) -> str:
        """Its name with its year."""
        return f"{self.name} ({self.year})" if self.year else self.name

    @property
    def arxiv_id(self) -> str | None:
        """The arXiv id of its paper, if that is there."""
        found = _ARXIV.search(self.url or "")
        return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A name that fits several methods."""

    alias: str
    methods: tuple[str, ...]
    note_en: str
    note_ko: str

    def note(self, language: Language) -> str:
        """Return what the name may mean, in a language."""
        return self.note_ko if language == "ko" else self.note_en


@dataclass(frozen=True, slots=True)
class Placement:
    """Where another document files a method."""

    method_id: str
    path: CategoryPath
    doc_id: str
    note_en: str
    note_ko: str

    def note(self, language: Language) -> str:
        """Return how the placement relates to the survey's, in a language."""
        return self.note_ko if language == "ko" else self.note_en


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """The methods filed directly under one category, oldest first; `count` is their number."""

    category: Category
    path: CategoryPath
    methods: tuple[Method, ...]

    @property
    def count(self) -> int:
        """How many methods the group holds."""
        return len(self.methods)


@dataclass(frozen=True)
class Taxonomy:
    """The survey's taxonomy. Look-ups raise KeyError for an id that is not in it."""

    categories: Mapping[str, Category]
    methods: Mapping[str, Method]
    ambiguous: tuple[Ambiguity, ...]
    placements: tuple[Placement, ...]
    _filed: dict[str, list[Method]] = field(default_factory=dict, repr=False)

    def korean_names(self) -> list[tuple[str, str]]:
        """Return how methods are called in Korean, as (Korean, name)."""
        return [(ko, method.name) for method in self.methods.values() for ko in method.aliases_ko]

    def method_names(self) -> frozenset[str]:
        """Return what all methods are called."""
        return frozenset(name for method in self.methods.values() for name in (method.name, *method.aliases))

    @classmethod
    def load(cls, path: Path) -> "Taxonomy":
        """Read taxonomy.json. Raises ValueError where a path names no chain of categories."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        categories = {row["id"]: _category(row) for row in raw["categories"]}
        methods = {row["id"]: _method(row) for row in raw["methods"]}
        ambiguous = tuple(
            Ambiguity(row["alias"], tuple(row["methods"]), row["note_en"], row["note_ko"]) for row in raw["ambiguous"]
        )
        placements = tuple(
            Placement(row["method"], tuple(row["path"]), row["doc_id"], row["note_en"], row["note_ko"])
            for row in raw["document_placements"]
        )
        taxonomy = cls(categories, methods, ambiguous, placements)
        for method in methods.values():
            for found in method.paths:
                right = taxonomy.path(found[-1])
                if right != found:
                    raise ValueError(f"{path}: {method.method_id} has the path {found}; {right} was expected")
                taxonomy._filed.setdefault(found[-1], []).append(method)
        for filed in taxonomy._filed.values():
            filed.sort(key=lambda method: (method.year or 9999, method.name.casefold()))
        return taxonomy

    def path(self, category_id: str) -> CategoryPath:
        """Return the path that ends in a category."""
        parent = self.categories[category_id].parent
        return (*(self.path(parent) if parent else ()), category_id)

    def names(self, path: CategoryPath, language: Language) -> tuple[str, ...]:
        """Return the names along a path."""
        return tuple(self.categories[category_id].name(language) for category_id in path)

    def children(self, category_id: str | None) -> tuple[Category, ...]:
        """Return the categories directly below one, in the survey's order; the top ones for None."""
        return tuple(category for category in self.categories.values() if category.parent == category_id)

    def siblings(self, category_id: str) -> tuple[Category, ...]:
        """Return the other categories with the same parent."""
        parent = self.categories[category_id].parent
        return tuple(c for c in self.categories.values() if c.parent == parent and c.category_id != category_id)

    def filed(self, category_id: str) -> tuple[Method, ...]:
        """Return the methods filed directly under a category, oldest first."""
        return tuple(self._filed.get(self.categories[category_id].category_id, ()))

    def groups(self, category_id: str) -> tuple[CategoryGroup, ...]:
        """Return the groups of methods of a category and of all below it, without empty ones."""
        below = [group for child in self.children(category_id) for group in self.groups(child.category_id)]
        own = CategoryGroup(self.categories[category_id], self.path(category_id), self.filed(category_id))
        return (*([own] if own.methods else []), *below)

    def count(self, category_id: str) -> int:
        """Return the number of distinct methods of a category and of all below it."""
        return len({method.method_id for group in self.groups(category_id) for method in group.methods})

    def leaves(self) -> tuple[Category, ...]:
        """Return the categories that methods are filed under directly."""
        return tuple(category for category in self.categories.values() if self._filed.get(category.category_id))

    def placements_of(self, method_id: str) -> tuple[Placement, ...]:
        """Return where other documents file a method."""
        return tuple(placement for placement in self.placements if placement.method_id == method_id)


def _category(row: dict[str, object]) -> Category:
    return Category(
        category_id=str(row["id"]),
        parent=str(row["parent"]) if row["parent"] else None,
        name_en=str(row["name_en"]),
        name_ko=str(row["name_ko"]),
        aliases_en=_strings(row["aliases_en"]),
        aliases_ko=_strings(row["aliases_ko"]),
        definition_en=str(row["definition_en"]),
        definition_ko=str(row["definition_ko"]),
        section=str(row["section"]),
    )


def _method(row: dict[str, object]) -> Method:
    listed, main = row["categories"], row["main"]
    if not isinstance(listed, list) or not isinstance(main, int):
        raise ValueError(f"{row['id']}: categories and main are {listed!r}, {main!r}; expected a list and a number")
    paths = [_strings(path) for path in listed]
    return Method(
        method_id=str(row["id"]),
        name=str(row["name"]),
        title=str(row["title"]),
        aliases=_strings(row["aliases"]),
        aliases_ko=_strings(row["aliases_ko"]),
        year=int(str(row["year"])) if row["year"] else None,
        url=str(row["url"]) if row["url"] else None,
        paths=(paths[main], *(path for at, path in enumerate(paths) if at != main)),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
