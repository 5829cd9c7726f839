"""Parsed seed documents in, what is wrong with them out, one `file:line: message` each. Reads no files.

A rule returns an empty list for sound data. `tests/test_seeds.py` applies each to the corpus and to broken examples.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from index.decode import normalise
from index.load import Document, parse
from index.outline import Section
from index.sentences import sentence_spans

LANGUAGES = ("ko", "en")
SAME_IN_BOTH = ("work", "arxiv", "kind", "authors", "year", "title_ko", "title_en")

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HEADING = re.compile(r"#{2,6} (.+?)(?:\s*\{#([^}]*)\})?\s*$")
_ANCHOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9.]*\d[A-Za-z0-9.]*|\d[A-Za-z0-9.]*)")
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?")
_HEADING_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_LOWER_WORD = re.compile(r"(?<![\w\-])[a-z]{2,}(?![\w\-])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Edition:
    """A seed document as the product reads it, with the front matter that the product keeps out of answers."""

    document: Document
    meta: Mapping[str, Any]

    @property
    def file(self) -> str:
        """The name that messages give."""
        return self.document.source

    @property
    def is_notes(self) -> bool:
        """Whether the rules for notes written for this project apply."""
        return self.meta.get("kind") == "notes"

    def line(self, section: Section) -> int:
        """Return the line of a section's heading."""
        return self.document.text.count("\n", 0, section.start)

    def body(self, section: Section) -> str:
        """Return a section's own text."""
        return self.document.text[section.start : section.end]

    def meta_line(self, key: str) -> int:
        """Return the line on which a key of the front matter stands, or the first."""
        for number, line in enumerate(self.document.text.split("\n"), start=1):
            if number > 1 and line == "---":
                break
            if line.strip().startswith(f"{key}:"):
                return number
        return 1


def edition(text: str, file: str) -> Edition:
    """Parse a seed document; its id is the file's stem."""
    stored = normalise(text)
    found = _FRONT_MATTER.match(stored)
    meta = yaml.safe_load(found[1]) if found else {}
    return Edition(parse(stored, doc_id=file.rpartition("/")[2].removesuffix(".md"), source=file), meta)


def misnamed(found: Edition) -> list[str]:
    """A file name that disagrees with the front matter, or a title that differs from the heading or the edition's."""
    document, problems = found.document, []
    if document.doc_id != f"{document.work}.{document.language}":
        problems.append(f"{found.file}:1: the front matter says {document.work}, {document.language}; rename one")
    if found.is_notes:
        heading = next((line[2:] for line in document.text.split("\n") if line.startswith("# ")), "")
        titles = {heading, str(found.meta.get("title")), str(found.meta.get(f"title_{document.language}"))}
        if len(titles) != 1:
            problems.append(f"{found.file}:{found.meta_line('title')}: the titles differ: {sorted(titles)}")
        problems += [f"{found.file}:1: the front matter lacks {key}" for key in SAME_IN_BOTH if not found.meta.get(key)]
    return problems


def missing_editions(editions: Sequence[Edition]) -> list[str]:
    """A work that is not there in both languages, once each."""
    of_work: dict[str, list[Edition]] = defaultdict(list)
    for found in editions:
        of_work[found.document.work].append(found)
    return [
        f"{found[0].file}:1: {work} has the editions {languages}; expected ko and en, once each"
        for work, found in of_work.items()
        if (languages := sorted(one.document.language for one in found)) != sorted(LANGUAGES)
    ]


def unequal_trees(ko: Edition, en: Edition) -> list[str]:
    """The first section whose id, level or number in the heading differs between the editions."""
    trees = [[(s.section_id, s.level) for s in one.document.sections] for one in (ko, en)]
    if trees[0] != trees[1]:
        at = next((at for at, (a, b) in enumerate(zip(*trees, strict=False)) if a != b), min(map(len, trees)))
        here, there = (_at(one, at) for one in (ko, en))
        return [f"{here} differs from {there}; the section trees must be the same"]
    return [
        f"{ko.file}:{ko.line(a)}: {a.path[-1]!r} and {en.file}:{en.line(b)}: {b.path[-1]!r} are numbered differently"
        for a, b in zip(ko.document.sections, en.document.sections, strict=True)
        if a.path and _heading_number(a) != _heading_number(b)
    ]


def unequal_front_matter(ko: Edition, en: Edition) -> list[str]:
    """A key of the front matter that should be the same in both editions and is not."""
    return [
        f"{ko.file}:{ko.meta_line(key)}: {key} is {ko.meta.get(key)!r}, but {en.meta.get(key)!r} in {en.file}"
        for key in SAME_IN_BOTH
        if ko.meta.get(key) != en.meta.get(key)
    ]


def bad_anchors(found: Edition) -> list[str]:
    """A heading of notes without an id, with a malformed one or with one that is already taken."""
    problems, taken = [], set()
    for number, line in enumerate(found.document.text.split("\n"), start=1):
        heading = _HEADING.match(line)
        if not heading:
            continue
        anchor = heading[2] or ""
        if not _ANCHOR.fullmatch(anchor):
            problems.append(f"{found.file}:{number}: {heading[1]!r} has the id {anchor!r}; expected {{#lower-case}}")
        elif anchor in taken:
            problems.append(f"{found.file}:{number}: the id {anchor} is already taken")
        taken.add(anchor)
    return problems


def empty_sections(found: Edition) -> list[str]:
    """A section of notes without text of its own."""
    return [
        f"{found.file}:{found.line(section)}: #{section.section_id} has no text"
        for section in found.document.sections
        if not _PUNCTUATION.sub("", found.body(section))
    ]


def bad_sources(found: Edition) -> list[str]:
    """A section whose sources the front matter does not give, or sources of a section that is not there."""
    given = found.meta.get("sources") or {}
    sections = {section.section_id: section for section in found.document.sections}
    problems = [
        f"{found.file}:{found.line(section)}: the front matter gives no sources for #{name}"
        for name, section in sections.items()
        if not (isinstance(given.get(name), list) and given[name] and all(given[name]))
    ]
    return problems + [
        f"{found.file}:{found.meta_line(name)}: sources for #{name}, which is no section"
        for name in given
        if name not in sections
    ]


def differing_numbers(ko: Edition, en: Edition) -> list[str]:
    """Numbers, or names with digits in them, that only one edition of a section has."""
    problems = []
    other = {section.section_id: section for section in en.document.sections}
    for section in ko.document.sections:
        if section.section_id not in other:
            continue
        here, there = numbers(ko.body(section)), numbers(en.body(other[section.section_id]))
        if here != there:
            problems.append(
                f"{ko.file}:{ko.line(section)}: #{section.section_id} has {sorted(here - there)} only in Korean and "
                f"{sorted(there - here)} only in English ({en.file}:{en.line(other[section.section_id])})"
            )
    return problems


def numbers(text: str) -> set[str]:
    """Return the numbers of a text without thousands separators, and the names that hold digits (GPT-4)."""
    names = {name.rstrip(".") for name in _NAME.findall(text)}
    return names | {number.replace(",", "") for number in _NUMBER.findall(_NAME.sub(" ", text))}


def wrong_language(found: Edition) -> list[str]:
    """A heading or sentence that is not in the edition's language."""
    text, wrong = found.document.text, _not_korean if found.document.language == "ko" else _not_english
    problems = []
    for section in found.document.sections:
        if section.path and wrong(section.path[-1]):
            problems.append(f"{found.file}:{found.line(section)}: not in {found.document.language}: {section.path[-1]}")
        for start, end in sentence_spans(text, section.start, section.end):
            if wrong(text[start:end]):
                line = text.count("\n", 0, start) + 1
                problems.append(f"{found.file}:{line}: not in {found.document.language}: {text[start:end][:80]}")
    return problems


def _not_korean(sentence: str) -> bool:
    """Whether a sentence is English; names, table rows and links may be in Latin letters."""
    plain = _LINK.sub(" ", sentence)
    hangul, latin, words = (len(found.findall(plain)) for found in (_HANGUL, _LATIN, _LOWER_WORD))
    if plain.startswith("|"):
        return False
    return words >= 2 if not hangul else words >= 3 and hangul / (hangul + latin) < 0.15


def _not_english(sentence: str) -> bool:
    """Whether a sentence holds Hangul; the English editions do not quote any."""
    return bool(_HANGUL.search(sentence))


def unknown_similar(found: Edition, works: Collection[str]) -> list[str]:
    """A paper that a document lists as similar without notes on it."""
    lines = found.document.text.split("\n")
    return [
        f"{found.file}:{next(n for n, line in enumerate(lines, 1) if paper.arxiv in line)}: no notes on {paper.title}"
        for paper in found.document.similar
        if paper.arxiv not in works
    ]


def mojibake(text: str, file: str) -> list[str]:
    """Characters that show that a text was decoded wrongly: of the whole file, before any normalisation."""
    bad = {char for char in set(text) - {"\n", "\t"} if char == "\ufffd" or _is_unprintable(char)}
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = sorted(f"U+{ord(char):04X}" for char in bad & set(line))
        if found:
            problems.append(f"{file}:{number}: the characters {', '.join(found)}")
        if not unicodedata.is_normalized("NFC", line):
            problems.append(f"{file}:{number}: not in Unicode NFC")
        problems += [
            f"{file}:{number}: {run[0]!r} reads as {meant!r} in UTF-8"
            for run in _NOT_ASCII.finditer(line)
            if (meant := _decoded_twice(run[0]))
        ]
    return problems


def _is_unprintable(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs")


def _decoded_twice(run: str) -> str | None:
    """Return what a run of letters was before UTF-8 was read as CP1252, Latin-1 or CP949, or None."""
    for encoding in ("cp1252", "latin-1", "cp949"):
        try:
            meant = run.encode(encoding).decode()
        except UnicodeError:
            continue
        if encoding != "cp949" or _HANGUL.search(meant):  # some genuine syllables of CP949 are valid UTF-8, none Hangul
            return meant
    return "unreadable Hangul" if "占쏙옙" in run else None


def _at(found: Edition, at: int) -> str:
    """Return place, level and id of a section by its number, or of the file's end."""
    if at >= len(found.document.sections):
        return f"{found.file}:{found.document.text.count(chr(10))}: (no section)"
    section = found.document.sections[at]
    return f"{found.file}:{found.line(section)}: #{section.section_id} (level {section.level})"


def _heading_number(section: Section) -> str:
    number = _HEADING_NUMBER.match(section.path[-1])
    return number[0] if number else ""
