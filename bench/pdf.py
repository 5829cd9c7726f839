"""PDFs of made-up papers in, a table of how well they are read out (`bench/results/pdf.md`).

`python -m bench.pdf FOLDER` builds the papers in FOLDER where `pdflatex` and Chromium are there, and reads and scores
each PDF that has a `NAME.gold.json` beside it.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from bench.papers.build import GROUPS, INSTALL, build
from index.readers.pdf import read
from index.readers.reading import Reading, squeezed

RESULTS = Path(__file__).parent / "results" / "pdf.md"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# The means of the groups when they were read for the first time, before what that showed was mended. Some headings and
# formulas were wrong in what was thought to be known (numbers that a class prints otherwise), not in what was read.
FIRST_READING = {
    "held out at first": ".865 | .863 | 1.0 | 1.0 | .998 | .997 | 1.0 | .951 | 1.0 | .913 | 1.0 | 1.0",
    "held out later": ".837 | .992 | 1.0 | 1.0 | .945 | .992 | .999 | .988 | .857 | .752 | 1.0 | 1.0",
    "held out to the end": ".952 | .952 | 1.0 | 1.0 | .983 | .993 | 1.0 | .880 | 1.0 | 1.0 | 1.0 | 1.0",
}
COLUMNS = (
    ("headings found", "recall"),
    ("right", "precision"),
    ("level right", "level"),
    ("order", "order"),
    ("whole", "whole"),
    ("words F1", "words"),
    ("line ends", "joined"),
    ("aside", "aside"),
    ("entries", "entries"),
    ("formulas", "formulas"),
    ("tables", "cells"),
    ("page right", "page"),
)


@dataclass(frozen=True, slots=True)
class Score:
    """How one paper was read: shares from 0 to 1, counts of what was left in, pages a second."""

    name: str
    group: str
    shares: dict[str, float]
    front: str
    heads: int
    labels: int
    pages: int
    speed: float
    missed: tuple[str, ...]


def main() -> int:
    """Build, read, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.pdf", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="names parted by commas; prints what went wrong, writes nothing")
    options = parser.parse_args()
    names = build(options.folder)
    if not names:
        sys.stderr.write(f"no PDF in {options.folder} and no pdflatex here; install it with `{INSTALL}`\n")
        return 1
    chosen = [name for name in names if not options.only or name in options.only.split(",")]
    scores = [score(options.folder, name) for name in chosen if (options.folder / f"{name}.gold.json").exists()]
    scores.sort(key=lambda score: GROUPS.index(score.group))
    table = report(scores)
    sys.stdout.write(table)
    if options.only:
        sys.stdout.writelines(f"{score.name}: {text}\n" for score in scores for text in score.missed)
    else:
        RESULTS.write_text(table, encoding="utf-8")
    return 0


def score(folder: Path, name: str) -> Score:
    """Read one paper and compare it with what is known about it."""
    gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))
    data = (folder / f"{name}.pdf").read_bytes()
    started = time.process_time()
    reading = read(data, f"{name}.pdf")
    seconds = time.process_time() - started
    headings, missed = _headings(reading.text, gold["headings"])
    paragraphs = reading.text.rstrip("\n").split("\n\n")
    homes = {marker: at for at, text in enumerate(paragraphs) for marker in re.findall(r"\w+", text.casefold())}
    shares = headings | _blocks(gold["blocks"], paragraphs, homes, missed)
    shares["words"] = _words(gold, reading.text)
    shares["joined"] = _joined(gold, reading.text, data, missed)
    shares["page"] = _pages(gold["blocks"], reading, data, missed)
    body = {homes[m] for b in gold["blocks"] if b["kind"] in ("paragraph", "item") for m in b["markers"] if m in homes}
    labels = [m for b in gold["blocks"] if b["kind"] == "label" for m in b["markers"]]
    return Score(
        name,
        gold["group"],
        shares,
        _front(reading, gold),
        sum(reading.text.count(head) for head in gold["heads"]),
        sum(homes.get(label.casefold()) in body for label in labels),
        len(reading.pages),
        len(reading.pages) / seconds,
        tuple(missed),
    )


def report(scores: Sequence[Score]) -> str:
    """Return the table."""
    head = ["paper", *(title for title, _ in COLUMNS), "front", "heads left", "labels left", "pages", "pages/s"]
    lines = [
        "# How PDFs of papers are read",
        "",
        "`python -m bench.pdf FOLDER`. Shares of what was there; the papers are made up, so all of it is known.",
        "",
        f"| {' | '.join(head)} |",
        f"|{' --- |' * len(head)}",
    ]
    for name in GROUPS:
        group = [score for score in scores if score.group == name]
        for item in group:
            cells = [_share(item.shares[key]) for _, key in COLUMNS]
            counts = [item.front, str(item.heads), str(item.labels), str(item.pages), f"{item.speed:.0f}"]
            lines.append(f"| {item.name} | {' | '.join([*cells, *counts])} |")
        if len(group) > 1:
            means = [_mean([item.shares[key] for item in group]) for _, key in COLUMNS]
            heads, labels = sum(item.heads for item in group), sum(item.labels for item in group)
            pages = sum(item.pages for item in group)
            speed = pages / sum(item.pages / item.speed for item in group)
            counts = ["", str(heads), str(labels), str(pages), f"{speed:.0f}"]
            lines.append(f"| **{name}, mean** | {' | '.join([*means, *counts])} |")
        if first := FIRST_READING.get(name):
            lines.append(f"| {name}: first reading | {first} | | | | | |")
    return "\n".join([*lines, "", *_LEGEND, ""])


_LEGEND = (
    "Headings found, right, level right: recall, precision, and the share of those found with the right level. Order: "
    "neighbouring marked places of the running text that follow each other. Whole: paragraphs and list items in one "
    "piece and with nothing else in it. Words F1: words of the source against words read. Line ends: line-end hyphens "
    "(or, in Korean, line ends) joined rightly. Aside: captions and footnotes in paragraphs of their own. Entries: of "
    "the bibliography, one a paragraph. Tables: first cells that begin a row of a Markdown table. Page right: marked "
    "places whose page is right. Front: title, authors, year, arXiv number right (t, a, y, x) or not (-). Heads left: "
    "running heads; labels left: words in drawings in the running text. A group that was held out was not looked at "
    "until its first reading, whose means are given; what it showed was mended after.",
)


def _share(value: float) -> str:
    return "–" if value != value else f"{value:.3f}".replace("1.000", "1.0")


def _mean(values: Sequence[float]) -> str:
    there = [value for value in values if value == value]
    return _share(sum(there) / len(there)) if there else "–"


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _headings(text: str, gold: Sequence[tuple[int, str]]) -> tuple[dict[str, float], list[str]]:
    found = [(len(m[1]) - 1, m[2]) for m in re.finditer(r"^(#{2,6}) (.+)$", text, re.MULTILINE)]
    a, b = [squeezed(title) for _, title in gold], [squeezed(title) for _, title in found]
    pairs = [
        (match.a + at, match.b + at)
        for match in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        for at in range(match.size)
    ]
    right = sum(gold[i][0] == found[j][0] for i, j in pairs)
    missed = [f"missed heading: {gold[at][1]}" for at in range(len(gold)) if at not in {i for i, _ in pairs}]
    missed += [f"no heading: {found[at][1]}" for at in range(len(found)) if at not in {j for _, j in pairs}]
    missed += [f"level {found[j][0]}: {found[j][1]}" for i, j in pairs if gold[i][0] != found[j][0]]
    shares = {"recall": _ratio(len(pairs), len(gold)), "precision": _ratio(len(pairs), len(found))}
    return shares | {"level": _ratio(right, len(pairs))}, missed


def _blocks(
    blocks: Sequence[dict[str, Any]], paragraphs: Sequence[str], homes: dict[str, int], missed: list[str]
) -> dict[str, float]:
    running = [block for block in blocks if block["kind"] in ("paragraph", "item")]
    places = [marker for block in running for marker in block["markers"]]
    at = {marker: n for n, marker in enumerate(_in_order(paragraphs, set(places)))}
    follows = [at.get(b, -9) == at.get(a, -1) + 1 for a, b in zip(places, places[1:], strict=False)]
    owners: dict[int, set[int]] = {}
    for n, block in enumerate(blocks):
        for marker in block["markers"]:
            owners.setdefault(homes.get(marker.casefold(), -1), set()).add(n)
    groups = {"whole": ("paragraph", "item"), "aside": ("caption", "note"), "entries": ("entry",)}
    shares = {"order": _ratio(sum(follows), len(follows))}
    missed += [f"order: {a} {b}" for a, b, good in zip(places, places[1:], follows, strict=False) if not good]
    for name, kinds in groups.items():
        mine = [(n, block) for n, block in enumerate(blocks) if block["kind"] in kinds]
        good = [_alone(n, block, paragraphs, homes, owners) for n, block in mine]
        shares[name] = _ratio(sum(good), len(good))
        missed += [f"{name}: {block['markers']}" for (_, block), fine in zip(mine, good, strict=True) if not fine]
    cells = [marker for block in blocks if block["kind"] == "cell" for marker in block["markers"]]
    rows = re.findall(r"^\| (\w+) \|", "\n".join(paragraphs), re.MULTILINE)
    shares["cells"] = _ratio(sum(cell in rows for cell in cells), len(cells))
    expected = Counter(block["number"] for block in blocks if block["kind"] == "formula")
    seen = Counter(m[1] or "" for text in paragraphs if (m := re.fullmatch(r"\[formula(?: \(([\w.]+)\))?\]", text)))
    if any("." in number for number in seen):  # numbered within chapters
        expected, seen = _numbered(expected), _numbered(seen)
    shares["formulas"] = _ratio((expected & seen).total(), max(expected.total(), seen.total()))
    return shares


def _numbered(numbers: Counter[str]) -> Counter[str]:
    return Counter(["n"] * sum(count for number, count in numbers.items() if number) + [""] * numbers[""])


def _in_order(paragraphs: Sequence[str], places: set[str]) -> list[str]:
    return [word for text in paragraphs for word in re.findall(r"\w+", text.casefold()) if word in places]


def _alone(
    at: int, block: dict[str, Any], paragraphs: Sequence[str], homes: dict[str, int], owners: dict[int, set[int]]
) -> bool:
    """Say whether a block's markers stand in one paragraph, nobody else's do, and it begins and ends as it should."""
    homes_ = {homes.get(marker.casefold(), -1) for marker in block["markers"]}
    if len(homes_) != 1 or -1 in homes_ or owners[next(iter(homes_))] != {at}:
        return False
    text = paragraphs[next(iter(homes_))]
    if block["kind"] == "note":
        return text.startswith("[^")
    if block["kind"] == "caption":
        return bool(re.match(r"(?:fig|table|그림|표)", text, re.IGNORECASE))
    return not text.startswith(("#", "[^", "|"))


def _words(gold: dict[str, Any], text: str) -> float:
    expected = Counter[str]()
    sources = [gold["title"], *gold["authors"], *(title for _, title in gold["headings"])]
    for source in [*sources, *(block["text"] for block in gold["blocks"] if block["kind"] != "label")]:
        expected.update(_tokens(source))
    seen = Counter(_tokens(re.sub(r"^\[formula.*$", "", text, flags=re.MULTILINE)))
    shared = (expected & seen).total()
    return 2 * shared / (expected.total() + seen.total())


def _tokens(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text) if len(word) > 1]


def _joined(gold: dict[str, Any], text: str, data: bytes, missed: list[str]) -> float:
    """Return the share of line ends joined rightly: in words that were read but are no words of the source."""
    known = set(_tokens(" ".join([gold["title"], *(title for _, title in gold["headings"])])))
    known.update(word for block in gold["blocks"] for word in _tokens(block["text"]))
    korean = gold["language"] == "ko"
    if korean:
        flat = " ".join([gold["title"], *(block["text"] for block in gold["blocks"])])
        known = {"그림", "표", *re.findall(r"[가-힣]+", flat)}
        body = re.sub(r"^#.*$", "", text[text.index("\n## ") :], flags=re.MULTILINE)
        wrong = [word for word in re.findall(r"[가-힣]+", body) if word not in known]
    else:
        bare = {word.replace("-", "") for word in known}
        wrong = [word for word in _tokens(text) if word not in known and word.replace("-", "") in bare]
    document = pypdfium2.PdfDocument(data)
    raw = [page.get_textpage().get_text_range() for page in document]
    pattern = r"[가-힣]\r\n[가-힣]" if korean else "\ufffe"
    ends = sum(len(re.findall(pattern, page)) for page in raw)
    missed += [f"joined: {' '.join(sorted(set(wrong)))}"]
    return 1 - min(1.0, len(wrong) / (2 if korean else 1) / ends) if ends else float("nan")


def _pages(blocks: Sequence[dict[str, Any]], reading: Reading, data: bytes, missed: list[str]) -> float:
    document = pypdfium2.PdfDocument(data)
    raw = [page.get_textpage().get_text_range().replace("\ufffe", "").casefold() for page in document]
    lowered = reading.text.casefold()
    right = seen = 0
    for block in blocks:
        for marker in block["markers"] if block["kind"] in ("paragraph", "item", "entry") else ():
            on = [at for at, text in enumerate(raw) if marker in text]
            place = lowered.find(marker)
            if len(on) == 1 and place >= 0:
                page = sum(begin <= place for begin in reading.pages) - 1
                seen += 1
                right += page == on[0]
                if page != on[0]:
                    missed.append(f"page {page + 1}, not {on[0] + 1}: {marker}")
    return _ratio(right, seen)


def _front(reading: Reading, gold: dict[str, Any]) -> str:
    title = squeezed(reading.title or "") == squeezed(gold["title"])
    authors = [name.casefold() for name in reading.authors] == [name.casefold() for name in gold["authors"]]
    year, arxiv = reading.year == gold["year"] or not gold["year"], reading.arxiv == gold["arxiv"]
    return "".join(mark if fine else "-" for mark, fine in zip("tayx", (title, authors, year, arxiv), strict=True))


if __name__ == "__main__":
    sys.exit(main())
