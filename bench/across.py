"""Ask what several texts say and which tell of something: `python -m bench.across [--test] [--errors]`.

Asked on a Library of the shipped corpus that is made for it. "Which" questions look for the texts that tell of
something, "which-none" ones for what none tells, "each" ones ask the same of every text, and "one" questions use such
words and ask one text. A text is listed where the answer cites it; right are those that tell what is asked (`must`),
wrong those that neither tell it nor mention it (`may`). Shown is a text of which one of the sentences is cited that
the reader of the texts named (`places`; either edition). Writes `bench/results/across.md` when `--test` is given;
`--errors` prints the development questions whose texts are not all shown, or some wrongly.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.two_sets import report
from index.sentences import numbers_held
from qa.answer import Citation
from qa.ask import Assistant
from qa.evaluation.questions import rows

FOLDER = Path(__file__).parent / "questions" / "across"
KINDS = ("which", "which-none", "each", "one")
HEAD = """# Questions of several texts

Made by `python -m bench.across --test`. Readers of the texts wrote questions that are asked of a whole Library: two the
first set, whose errors were read while the rules were made, another one the second. *Which* looks for the texts that
tell of something, *which-none* for what none tells, *each* asks the same of every text, and *one* uses such words and
asks one text. A text is *listed* where the answer cites it; *right* are those that tell what is asked, *wrong* those
that neither tell nor mention it. *Named* are texts of which the reader named sentences, *shown* those of which one of
these is cited.
"""
COUNTED = ("asked", "refused", "texts", "listed", "right", "wrong", "named", "shown")
_NOTES = "-notes"  # of a work, which is listed as the work

Sentences = frozenset[tuple[str, str, int]]  # work, section and number from 1


@dataclass(frozen=True, slots=True)
class Across:
    """A question, the works that tell what is asked and those that mention it, and sentences that tell it by work."""

    question_id: str
    question: str
    kind: str
    must: frozenset[str]
    may: frozenset[str]
    places: dict[str, Sentences]


def read(path: Path) -> list[Across]:
    """Return the questions of a file, in its order."""
    return [
        Across(
            row["id"],
            row["question"],
            row["kind"],
            frozenset(row["must"]),
            frozenset(row["may"]),
            {work: frozenset((one[0], one[1], one[2]) for one in told) for work, told in row["places"].items()},
        )
        for _, row in rows(path)
    ]


def measure(assistant: Assistant, questions: Sequence[Across]) -> tuple[dict[str, Counter[str]], list[str]]:
    """Return what was counted of each kind, and the questions that are not wholly right, each with what is."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    errors = []
    for asked in questions:
        answer = assistant.ask(asked.question)
        cited = frozenset().union(*(_sentences(assistant, one) for one in answer.citations))
        listed = {work.removesuffix(_NOTES) for work, _, _ in cited}
        right, wrong = listed & asked.must, listed - asked.must - asked.may
        shown = [work for work, told in asked.places.items() if told & cited]
        found = (1, int(answer.abstained or answer.unsure), len(asked.must), len(listed), len(right), len(wrong))
        counts[asked.kind].update(dict(zip(COUNTED, (*found, len(asked.places), len(shown)), strict=True)))
        if wrong or len(shown) < len(asked.places):
            missing = sorted(set(asked.places) - set(shown))
            errors.append(f"{asked.question_id} {asked.question} | not shown {missing} | wrong {sorted(wrong)}")
    return counts, errors


def _sentences(assistant: Assistant, citation: Citation) -> Iterator[tuple[str, str, int]]:
    """Yield the sentences that a citation holds a part of."""
    document = assistant.document(citation.doc_id)
    section = document.section(citation.section_id) if document else None
    if document is None or section is None:
        return
    spans = (section.start, section.end), (citation.start, citation.end)
    yield from ((document.work, section.section_id, number) for number in numbers_held(document.text, *spans))


def table(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """Yield the rows of a Markdown table."""
    yield "| asked | n | refused or unsure | texts that tell it | listed | right | wrong | named ones | shown |"
    yield "|-|-|-|-|-|-|-|-|-|"
    for kind in KINDS:
        yield f"| {kind} | {' | '.join(str(counts[kind][name]) for name in COUNTED)} |"


def _measured(assistant: Assistant, path: Path) -> tuple[Iterator[str], list[str]]:
    counts, errors = measure(assistant, read(path))
    return table(counts), errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the report."""
    return report(arguments, prog="bench.across", doc=__doc__, head=HEAD, measured=_measured)


if __name__ == "__main__":
    sys.exit(main())
