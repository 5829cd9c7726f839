"""Parsed known questions, questions on other corpora and gold sentences in, what is wrong with them out. Reads no files.

A rule gives one `file:line: message` each, as those of `tests/table_rules.py`; development questions are checked there.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from bench.corpora import DIGEST
from index.sentences import sentence_spans
from qa.retrieval.asked import section_digest
from tests.seed_rules import Edition
from tests.table_rules import KINDS, LANGUAGES, Record, Row, alias_key

HEADER = ("work", "section_id", "ko", "en")
KNOWN_HEADER = (*HEADER, "sentences")
MIN_KNOWN = 4  # so many questions make a section findable by them

Place = tuple[str, str]

_DIGEST = re.compile(rf"[0-9a-f]{{{DIGEST}}}")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")


def bad_known_questions(
    found: Sequence[Row], sections: Mapping[str, Collection[str]], header: Sequence[str] = KNOWN_HEADER
) -> list[str]:
    """A row of a wrong form, of a section that is not in both editions, or that stands there twice; `sections` by work."""
    if not found or found[0].cells != header:
        return [f"{found[0].place if found else 'questions'}: the header is not {', '.join(header)}"]
    problems: list[str] = []
    first: dict[tuple[str, str, str], Row] = {}
    for row in found[1:]:
        fault = _bad_known(row.cells, sections, len(header))
        if fault:
            problems.append(f"{row.place}: {fault}")
            continue
        work, section, *questions = row.cells[:4]
        earlier = [first.setdefault((work, section, alias_key(text)), row) for text in questions]
        problems += [f"{row.place}: the same question as {other.place}" for other in earlier if other is not row][:1]
    return problems


def _bad_known(cells: Sequence[str], sections: Mapping[str, Collection[str]], columns: int) -> str | None:
    if len(cells) != columns:
        return f"{len(cells)} columns; expected {columns}"
    work, section, korean, english = cells[:4]
    if any(cell != " ".join(cell.split()) or not cell for cell in cells):
        return "an empty cell or spare spaces"
    if section not in sections.get(work, ()):
        return f"the section {work}#{section} is not in both editions"
    if not _HANGUL.search(korean):
        return f"no Hangul in {korean!r}"
    if _HANGUL.search(english) or not _LATIN.search(english):
        return f"{english!r} is not English"
    return None


def bad_answers(found: Sequence[Row], editions: Sequence[Edition]) -> list[str]:
    """Sentences that are no numbers with commas, are given twice, or are not the same in both editions or not there."""
    counts: dict[Place, int] = {}
    problems = []
    for one in editions:
        for section in one.document.sections:
            place, count = (one.document.work, section.section_id), len(sentence_spans(one.body(section)))
            if counts.setdefault(place, count) != count:
                where = f"{one.file}:{one.line(section)}"
                problems.append(
                    f"{where}: {count} sentences; the other edition has {counts[place]}, which are numbered alike"
                )
    for row in found[1:]:
        work, section_id, cell = row.cells[0], row.cells[1], row.cells[4]
        if cell == "-":
            continue
        numbers = [int(one) if one.isascii() and one.isdigit() else 0 for one in cell.split(",")]
        most = counts[work, section_id]
        if not all(1 <= number <= most for number in numbers):
            problems.append(f"{row.place}: the sentences are {cell!r}; expected numbers from 1 to {most}, or a dash")
        elif len(set(numbers)) < len(numbers):
            problems.append(f"{row.place}: the sentences are {cell!r}; one is given twice")
    return problems


def changed_sections(found: Sequence[Row], editions: Sequence[Edition]) -> list[str]:
    """A section whose text is not the one that its questions' sentences were counted in, or that is not listed."""
    if not found or found[0].cells != HEADER:
        return [f"{found[0].place if found else 'sections'}: the header is not {', '.join(HEADER)}"]
    digests = text_digests(editions)
    listed = {row.cells[:2]: row for row in found[1:]}
    problems = [f"{row.place}: no section {'#'.join(place)}" for place, row in listed.items() if place not in digests]
    for place, digest in digests.items():
        row = listed.get(place)
        if row is None:
            problems.append(f"{found[0].file}: {'#'.join(place)} is missing; expected {' '.join(digest)}")
        elif row.cells[2:] != digest:
            see = "see whether its questions' sentences still answer them, then write"
            problems.append(f"{row.place}: the text of {'#'.join(place)} has changed; {see} {' '.join(digest)}")
    return problems


def text_digests(editions: Sequence[Edition]) -> dict[Place, tuple[str, ...]]:
    """Return for each section with text of its own what its text digests to in Korean and in English."""
    found: dict[Place, dict[str, str]] = {}
    for one in editions:
        for section in one.document.sections:
            body = one.body(section)
            if body.strip():
                place = one.document.work, section.section_id
                found.setdefault(place, {})[one.document.language] = section_digest(body)
    return {place: tuple(texts.get(language, "") for language in LANGUAGES) for place, texts in found.items()}


def open_known_questions(found: Sequence[Row], known: Sequence[Row]) -> list[str]:
    """An open question that is a known one too, of whatever section."""
    texts = {alias_key(cell): row for row in known[1:] for cell in row.cells[2:4]}
    return [
        f"{row.place}: {cell!r} is the known question at {texts[alias_key(cell)].place}"
        for row in found[1:]
        for cell in row.cells[2:4]
        if alias_key(cell) in texts
    ]


def sections_seldom_asked_for(found: Sequence[Row], editions: Sequence[Edition]) -> list[str]:
    """A section with text of its own, once for all editions, and fewer than MIN_KNOWN known questions."""
    counts = Counter(row.cells[:2] for row in found)
    places = {
        (one.document.work, section.section_id): f"{one.file}:{one.line(section)}"
        for one in editions
        for section in one.document.sections
        if alias_key(one.body(section))
    }
    return [
        f"{where}: #{section} has {counts[work, section]} known questions; expected {MIN_KNOWN}"
        for (work, section), where in places.items()
        if counts[work, section] < MIN_KNOWN
    ]


def known_development_questions(found: Sequence[Row], questions: Sequence[Record]) -> list[str]:
    """A known question that is a development question too, so that it would be measured on what it was made from."""
    asked = {alias_key(record.data["question"]): record for record in questions}
    return [
        f"{row.place}: {cell!r} is the development question at {asked[alias_key(cell)].place}"
        for row in found
        for cell in row.cells[2:4]
        if alias_key(cell) in asked
    ]


def bad_transfer_questions(found: Sequence[Record]) -> list[str]:
    """A question on another corpus in a wrong form, or with an id that is taken or a wording that its file has."""
    ids = Counter(record.data.get("id") for record in found)
    texts = Counter((record.file, alias_key(str(record.data.get("question")))) for record in found)
    problems = []
    for record in found:
        problems += [f"{record.place}: {fault}" for fault in _bad_transfer(record.data)]
        if ids[record.data.get("id")] > 1:
            problems.append(f"{record.place}: the id {record.data.get('id')} is there more than once")
        if texts[record.file, alias_key(str(record.data.get("question")))] > 1:
            problems.append(f"{record.place}: the question stands there more than once")
    return problems


def _bad_transfer(row: Mapping[str, object]) -> Iterator[str]:
    expected = {"id", "question", "language", "kind", "gold", "answer"}
    if set(row) - {"needed", "fine"} != expected or ("needed" in row) != ("fine" in row):
        yield f"the keys are {sorted(row)}; expected {sorted(expected)}, and needed and fine or neither"
        return
    question, gold = str(row["question"]), row["gold"]
    if row["language"] not in LANGUAGES or row["kind"] not in KINDS | {"yes-no"}:
        yield f"the language or kind is unknown: {row['language']!r}, {row['kind']!r}"
    elif bool(_HANGUL.search(question)) != (row["language"] == "ko") or not question.strip():
        yield f"no question in {row['language']}: {question!r}"
    if not isinstance(gold, list) or not all(isinstance(name, str) and name for name in gold):
        yield f"gold is {gold!r}; expected names of documents"
    elif (row["kind"] == "unanswerable") != (not gold) or bool(gold) != bool(row["answer"]):
        yield "gold and answer are empty for unanswerable questions and only for these"
    groups = row.get("needed", [["0" * DIGEST]])
    if not isinstance(groups, list) or not groups or not gold and "needed" in row:
        yield f"needed is {groups!r}; expected groups of sentences for an answered question"
    elif not all(groups) or not all(
        _DIGEST.fullmatch(one) for group in (*groups, row.get("fine", [])) for one in group
    ):
        yield f"needed or fine hold what is no digest of {DIGEST} hexadecimal digits; expected no text of the documents"


def bad_sentences(
    found: Sequence[Record], questions: Sequence[Record], cut: Mapping[str, Collection[str]]
) -> list[str]:
    """Gold sentences of no answerable question, or that no document holds; `cut` has the sentences of each language."""
    asked = {record.data["id"]: record.data for record in questions}
    counts = Counter(record.data["id"] for record in found)
    problems = []
    for record in found:
        question = asked.get(record.data["id"])
        if question is None or not question["gold"]:
            problems.append(f"{record.place}: {record.data['id']} is no answerable question")
            continue
        if counts[record.data["id"]] > 1:
            problems.append(f"{record.place}: the id {record.data['id']} is there more than once")
        if not record.data["needed"] or not all(record.data["needed"]):
            problems.append(f"{record.place}: no sentence is needed")
        groups = [*record.data["needed"], record.data["fine"]]
        sentences = list(dict.fromkeys(text for group in groups for text in group))
        for group in record.data["needed"]:  # one sentence may answer two of them
            given = Counter([*group, *record.data["fine"]])
            problems += [f"{record.place}: {text!r} is given twice" for text, n in given.items() if n > 1]
        problems += [
            f"{record.place}: no {question['language']} document has the sentence {text!r}"
            for text in sentences
            if text not in cut[question["language"]]
        ]
    return problems
