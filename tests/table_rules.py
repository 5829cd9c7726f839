"""Parsed taxonomy, tables and questions in, what is wrong with them out, one `file:line: message` each. Reads no files."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("ko", "en")
DOMAINS = frozenset("general alignment ml nlp ir evaluation agent data systems math writing software".split())
KINDS = frozenset("definition detail number list comparison who-when why how follow-up unanswerable".split())
MIN_HIDDEN_WORDS = 4  # fewer are a term, which a training sentence may well hold

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    file: str
    line: int
    cells: tuple[str, ...]

    @property
    def place(self) -> str:
        """The row's `file:line`."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Record:
    """One line that holds a JSON object."""

    file: str
    line: int
    data: Mapping[str, Any]

    @property
    def place(self) -> str:
        """The record's `file:line`."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """taxonomy.json, each category, method and so on with its line."""

    categories: tuple[Record, ...]
    methods: tuple[Record, ...]
    ambiguous: tuple[Record, ...]
    document_placements: tuple[Record, ...]


def rows(text: str, file: str) -> list[Row]:
    """Divide a tab-separated text into rows."""
    lines = text.removesuffix("\n").split("\n")
    return [Row(file, number, tuple(line.split("\t"))) for number, line in enumerate(lines, start=1)]


def records(text: str, file: str) -> list[Record]:
    """Parse JSON lines. Raises ValueError with file and line."""
    return [_record(line, file, number) for number, line in enumerate(text.splitlines(), start=1)]


def taxonomy(text: str, file: str) -> Taxonomy:
    """Parse taxonomy.json line by line. Raises ValueError, with file and line, unless every record has its own line."""
    lists: dict[str, list[Record]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        opened = re.fullmatch(r'  "(\w+)": \[\]?,?', line)
        if opened:
            lists[opened[1]] = []
        elif line.startswith("    {") and lists:
            lists[list(lists)[-1]].append(_record(line.strip().removesuffix(","), file, number))
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{file}:{error.lineno}: not JSON ({error.msg})") from error
    if whole != {name: [record.data for record in found] for name, found in lists.items()}:
        raise ValueError(f"{file}:1: a record does not stand on a line of its own, as seeds/README.md asks")
    return Taxonomy(**{name: tuple(found) for name, found in lists.items()})


def _record(line: str, file: str, number: int) -> Record:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{file}:{number}: not JSON ({error})") from error
    if not isinstance(data, dict):
        raise ValueError(f"{file}:{number}: {line[:40]!r} is no JSON object")
    return Record(file, number, data)


def bad_categories(found: Taxonomy, sections: Mapping[str, Collection[str]]) -> list[str]:
    """A category without name, definition, known parent or section; `sections` are those of the notes by language."""
    problems, known = [], {record.data["id"] for record in found.categories}
    for record in found.categories:
        row = record.data
        lacking = [f"{part}_{language}" for part in ("name", "definition") for language in LANGUAGES]
        problems += [f"{record.place}: {row['id']} has no {key}" for key in lacking if not str(row.get(key) or "")]
        if row["parent"] is not None and row["parent"] not in known:
            problems.append(f"{record.place}: {row['id']} has the parent {row['parent']!r}, which is no category")
        problems += [
            f"{record.place}: {row['id']} names the section {row.get('section')!r}, which the {language} notes lack"
            for language in LANGUAGES
            if row.get("section") not in sections[language]
        ]
    return problems + _repeated_ids(found.categories)


def bad_methods(found: Taxonomy) -> list[str]:
    """A method without category, or filed under a path that is no chain of categories from the top."""
    problems, paths = [], category_paths(found)
    for record in found.methods:
        row = record.data
        if not row["name"] or not row["title"]:
            problems.append(f"{record.place}: {row['id']} has no name or no title")
        if not row["categories"]:
            problems.append(f"{record.place}: {row['id']} has no category")
        elif row["main"] not in range(len(row["categories"])):
            problems.append(
                f"{record.place}: {row['id']} has main {row['main']}, but {len(row['categories'])} categories"
            )
        problems += [
            f"{record.place}: {row['id']} has the path {path}; expected {paths.get(path[-1:][0] if path else '')}"
            for path in row["categories"]
            if not path or paths.get(path[-1]) != path
        ]
    return problems + _repeated_ids(found.methods)


def clashing_aliases(found: Taxonomy) -> list[str]:
    """A name of two methods that `ambiguous` does not list with both."""
    listed = {alias_key(record.data["alias"]): set(record.data["methods"]) for record in found.ambiguous}
    owners: dict[str, dict[str, tuple[Record, str]]] = defaultdict(dict)
    for record in found.methods:
        row = record.data
        for name in (row["name"], row["title"], *row["aliases"], *row["aliases_ko"]):
            owners[alias_key(name)].setdefault(row["id"], (record, name))
    return [
        f"{record.place}: {name!r} names {', '.join(of)}; list it under ambiguous or drop it"
        for key, of in owners.items()
        if len(of) > 1 and not set(of) <= listed.get(key, set())
        for record, name in [list(of.values())[-1]]
    ]


def bad_taxonomy_references(found: Taxonomy, doc_ids: Collection[str]) -> list[str]:
    """An ambiguity or a document's placement that names no method, path or document that is there."""
    methods, paths = {record.data["id"] for record in found.methods}, category_paths(found)
    problems = []
    for record in found.ambiguous:
        row = record.data
        problems += [f"{record.place}: {name} is no method" for name in row["methods"] if name not in methods]
        if len(set(row["methods"])) < 2:
            problems.append(f"{record.place}: {row['alias']!r} fits only {row['methods']}; ambiguous needs two methods")
    for record in found.document_placements:
        row = record.data
        if row["method"] not in methods:
            problems.append(f"{record.place}: {row['method']} is no method")
        if not row["path"] or paths.get(row["path"][-1]) != row["path"]:
            problems.append(f"{record.place}: {row['path']} is no path of categories")
        if row["doc_id"] not in doc_ids:
            problems.append(f"{record.place}: {row['doc_id']} is no seed document")
    for record in (*found.ambiguous, *found.document_placements):
        problems += [
            f"{record.place}: no note_{language}" for language in LANGUAGES if not record.data.get(f"note_{language}")
        ]
    return problems


def category_paths(found: Taxonomy) -> dict[str, list[str]]:
    """Return the path of every category, top first; one that runs in a circle stops before it repeats."""
    parents = {record.data["id"]: record.data["parent"] for record in found.categories}
    paths = {}
    for name in parents:
        path = [name]
        while (above := parents.get(path[0])) is not None and above not in path:
            path.insert(0, above)
        paths[name] = path
    return paths


def alias_key(name: str) -> str:
    """Return a name in lower case without spaces and punctuation."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", name).casefold())


def _repeated_ids(found: Iterable[Record]) -> list[str]:
    seen: set[str] = set()
    problems = []
    for record in found:
        if record.data["id"] in seen:
            problems.append(f"{record.place}: the id {record.data['id']} is already taken")
        seen.add(record.data["id"])
    return problems


# Glossary and training pairs


def bad_glossary(found: Sequence[Row]) -> list[str]:
    """A row that is no `ko<TAB>en<TAB>domain`, or the same pair twice."""
    if not found or found[0].cells != ("ko", "en", "domain"):
        return [f"{found[0].place if found else 'glossary'}: the header is not ko, en, domain"]
    return _bad_rows(found[1:], 3, lambda cells: None if cells[2] in DOMAINS else f"the domain {cells[2]!r} is unknown")


def bad_pairs(found: Sequence[Row]) -> list[str]:
    """A training pair that is no `ko<TAB>en`, or the same pair twice in any of the files."""
    return _bad_rows(found, 2, lambda cells: None)


def _bad_rows(found: Sequence[Row], columns: int, more: Callable[[Sequence[str]], str | None]) -> list[str]:
    problems: list[str] = []
    first: dict[tuple[str, ...], Row] = {}
    for row in found:
        earlier = first.setdefault(row.cells[:2], row)
        if earlier is not row:
            problems.append(f"{row.place}: the same pair as {earlier.place}")
        fault = _bad_cells(row.cells, columns) or more(row.cells)
        if fault:
            problems.append(f"{row.place}: {fault}")
    return problems


def _bad_cells(cells: Sequence[str], columns: int) -> str | None:
    if len(cells) != columns:
        return f"{len(cells)} columns; expected {columns}"
    if any(cell != " ".join(cell.split()) or not cell for cell in cells):
        return "an empty cell or spare spaces"
    if not _HANGUL.search(cells[0]):
        return f"no Hangul in {cells[0]!r}"
    if _HANGUL.search(cells[1]) or not _LATIN.search(cells[1]):
        return f"{cells[1]!r} is not English"
    return None


# Questions


def bad_questions(found: Sequence[Record], sections: Mapping[str, Collection[str]]) -> list[str]:
    """A development question in a wrong form or whose gold section is not there; `sections` are by work."""
    problems = []
    counts = Counter(alias_key(str(record.data.get("question"))) for record in found)
    for record in found:
        problems += [f"{record.place}: {fault}" for fault in _bad_question(record.data, sections)]
        if counts[alias_key(str(record.data.get("question")))] > 1:
            problems.append(f"{record.place}: the question stands there more than once")
    return problems + _repeated_ids(record for record in found if "id" in record.data)


def _bad_question(row: Mapping[str, Any], sections: Mapping[str, Collection[str]]) -> Iterator[str]:
    expected = {"id", "question", "language", "kind", "gold", "answer"}
    if set(row) != expected:
        yield f"the keys are {sorted(row)}; expected {sorted(expected)}"
        return
    if row["language"] not in LANGUAGES or row["kind"] not in KINDS:
        yield f"the language or kind is unknown: {row['language']!r}, {row['kind']!r}"
    if not row["question"].strip() or (row["language"] == "en" and _HANGUL.search(row["question"])):
        yield f"no question in {row['language']}: {row['question']!r}"
    if (row["kind"] == "unanswerable") != (not row["gold"]) or bool(row["gold"]) != bool(row["answer"]):
        yield "gold and answer are empty for unanswerable questions and only for these"
    for work, section in row["gold"]:
        if section not in sections.get(work, ()):
            yield f"the gold section {work}#{section} is not in both editions"


def leaked_questions(questions: Sequence[Record], pairs: Sequence[Row]) -> list[str]:
    """An evaluation question that training has seen: as a whole cell, or, if it is no mere term, inside one."""
    sides = {alias_key(cell): row for row in pairs for cell in row.cells}
    joined = "\n".join(sides)
    problems = []
    for record in questions:
        key = alias_key(record.data["question"])
        whole = len(record.data["question"].split()) >= MIN_HIDDEN_WORDS
        if key in sides or (whole and key in joined):
            row = sides.get(key) or next(row for side, row in sides.items() if key in side)
            problems.append(f"{record.place}: {record.data['question']!r} is in the training pairs at {row.place}")
    return problems
