"""Ask what counts in the taxonomy, report how much is answered right: `python -m bench.tally [--test] [--errors]`.

Asked on a Library of the shipped corpus that is made for it, whichever way it answers: from the taxonomy, or by a
sentence of a text. Right is what says the number (the year, the category) in its first sentence or beside the name,
and what names all methods or categories that are asked for and, of methods, no other. "Other" questions use the same
words and ask something that no record of the taxonomy tells: right is what does not count. Writes
`bench/results/tally.md` when `--test` is given; `--errors` prints the development questions that are not right.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.two_sets import report
from qa.answer import Answer
from qa.ask import Assistant
from qa.category.taxonomy import Taxonomy
from qa.evaluation.questions import rows

FOLDER = Path(__file__).parent / "questions" / "tally"
KINDS = ("count", "year_count", "year_list", "most", "year_most", "parts", "several", "other")
HEAD = """# Questions that count in the taxonomy

Made by `python -m bench.tally --test`. Two readers of the taxonomy alone wrote 130 questions each; the errors of the
first set were read while the rules were made. *count*: how many methods a category holds; *year count*, *year list*:
of some years, how many and which; *most*: which category has the most or the fewest; *year most*: which year; *parts*:
what stands below a category; *several*: what stands under several. *Other* asks with the same words for something that
the taxonomy does not record; right is what does not count there.
"""


@dataclass(frozen=True, slots=True)
class Counting:
    """A question, and what a right answer says: a number, a year, ids of methods or categories. None: no count."""

    question_id: str
    question: str
    kind: str
    gold: dict[str, Any] | None


@dataclass
class Score:
    """How many questions of each kind there are, and how many are answered right."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> list[Counting]:
    """Return the questions of a file, in its order."""
    return [Counting(row["id"], row["question"], row["kind"], row["gold"]) for _, row in rows(path)]


def is_right(answer: Answer, gold: dict[str, Any], taxonomy: Taxonomy) -> bool:
    """Whether an answer says what is asked."""
    if answer.abstained or not answer.sentences:
        return False
    first, whole = answer.sentences[0].text, "\n".join(sentence.text for sentence in answer.sentences)
    if "methods" in gold:
        wanted = set(gold["methods"])
        listed = {
            one.method_id for one in taxonomy.methods.values() if re.search(f"[:,] {re.escape(one.dated)}", whole)
        }
        return all(taxonomy.methods[method_id].name in whole for method_id in wanted) and listed <= wanted
    if "categories" in gold:
        ids = gold["categories"] or []
        none = "하위 범주 없이" in whole or "no subcategories" in whole
        return all(_names(one, whole, taxonomy) for one in ids) if ids else none
    if "category" in gold:
        said = [line for line in (first, answer.sentences[-1].text) if _names(gold["category"], line, taxonomy)]
        return any(_holds(line, gold["number"]) for line in said)
    if "year" in gold:
        lines = [line for line in whole.splitlines() if _holds(line, gold["year"])]
        return any(_holds(line, gold["number"]) for line in lines)
    return _holds(first, gold["number"]) if gold["number"] else "없습니다" in first or "no methods" in first


def _holds(line: str, number: int) -> bool:
    return re.search(rf"(?<![\d.,]){number}(?![\d]|[.,]\d)", line) is not None


def _names(category_id: str, line: str, taxonomy: Taxonomy) -> bool:
    category = taxonomy.categories[category_id]
    names = (category.name_ko, category.name_en, *category.aliases_ko, *category.aliases_en)
    return any(name.casefold() in line.casefold() for name in names)


def measure(assistant: Assistant, questions: Sequence[Counting]) -> tuple[Score, list[str]]:
    """Return the score of some questions, and those that are not answered right, each with what was said."""
    score, errors = Score(), []
    for asked in questions:
        answer = assistant.ask(asked.question)
        if asked.gold is None:
            right = answer.kind != "category" or assistant.quoter.tallier.answer(asked.question) is None
        else:
            right = is_right(answer, asked.gold, assistant.categories.taxonomy)
        score.asked[asked.kind] += 1
        score.right[asked.kind] += right
        if not right:
            errors.append(f"{asked.question_id} {asked.question} | {asked.gold} | {answer.text[:160]}")
    return score, errors


def table(score: Score) -> Iterator[str]:
    """Yield the rows of a Markdown table."""
    yield "| asked | n | right |"
    yield "|-|-|-|"
    for kind in KINDS:
        yield f"| {kind.replace('_', ' ')} | {score.asked[kind]} | {score.right[kind]} |"
    counting = [kind for kind in KINDS if kind != "other"]
    yield f"| all that count | {sum(score.asked[k] for k in counting)} | {sum(score.right[k] for k in counting)} |"


def _measured(assistant: Assistant, path: Path) -> tuple[Iterator[str], list[str]]:
    score, errors = measure(assistant, read(path))
    return table(score), errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the report."""
    return report(arguments, prog="bench.tally", doc=__doc__, head=HEAD, measured=_measured)


if __name__ == "__main__":
    sys.exit(main())
