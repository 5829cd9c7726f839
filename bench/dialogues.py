"""Hold the dialogues, report how right follow-ups are answered: `python -m bench.dialogues [--test] [--errors]`.

Every turn is asked as it stands, as completed from the turns before it, and as it was meant (the oracle), on a Library
of the shipped corpus that is made for it. Then single questions are put after a related and after an unrelated turn:
they must stay as they are. Writes `bench/results/dialogues.md`; without `--test` only what can be tuned on.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from index.errors import InputError
from index.load import Language
from qa.answer import Answer
from qa.ask import Assistant, open_library
from qa.converse.complete import Completion, Exchange
from qa.evaluation.measure import milliseconds
from qa.evaluation.questions import rows
from qa.settings import Settings

QUESTIONS = Path(__file__).parent / "questions"
FOLDER = QUESTIONS / "dialogues"
RESULTS = Path(__file__).parent / "results" / "dialogues.md"
SINGLE = {
    "survey": QUESTIONS / "survey.jsonl",
    "papers": QUESTIONS / "papers.jsonl",
    "transfer, FastAPI": QUESTIONS / "transfer" / "fastapi.jsonl",
    "transfer, Pro Git": QUESTIONS / "transfer" / "progit.jsonl",
}
BEFORE = 40  # questions of a set that others are put after, so that not all of them are answered first

Place = tuple[str, str]  # work, section id
# As it stands; completed from the turns as they went; completed after the turns as they were meant; as it was meant.
Way = Literal["as asked", "completed", "after right turns", "as meant"]
WAYS: tuple[Way, ...] = ("as asked", "completed", "after right turns", "as meant")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn; `alone` says whether it stands by itself, None where both can be said. No gold: nothing answers it."""

    question: str
    language: Language
    kind: str
    gold: frozenset[Place]
    alone: bool | None
    intended: str
    answer_language: Language | None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns that follow each other."""

    dialogue_id: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one turn, counted from 1; `cited` and `found`: whether the right section came first."""

    dialogue_id: str
    number: int
    turn: Turn
    switches: bool
    completion: Completion
    cited: dict[Way, bool]
    found: dict[Way, bool]
    milliseconds: float


class Asker:
    """An open Library that answers each question once."""

    def __init__(self, assistant: Assistant) -> None:
        self.complete = assistant.completer.complete
        self._assistant = assistant
        self._works = {card.doc_id: card.work for card in assistant.documents()}
        self._known: dict[tuple[str, Language | None], tuple[Answer | None, Place | None]] = {}

    def __call__(self, question: str, language: Language | None = None) -> tuple[Answer | None, Place | None]:
        """Return the answer, None for a question that cannot be read, and the place found first."""
        if (question, language) not in self._known:
            self._known[question, language] = self._ask(question, language)
        return self._known[question, language]

    def follow(self, turn: str, history: Sequence[Exchange]) -> tuple[str, Answer | None, Place | None]:
        """Return a turn as it was understood and answered after others, and the place found first for that question."""
        try:
            completion, quoted = self._assistant.follower.answer(turn, history)
        except InputError:
            return turn, None, None
        return completion.question, quoted.answer, self(completion.question, completion.language)[1]

    def cited_first(self, answer: Answer | None) -> Place | None:
        """Return the place that an answer cites first."""
        if answer is None or not answer.citations:
            return None
        return self._works[answer.citations[0].doc_id], answer.citations[0].section_id

    @cached_property
    def places(self) -> frozenset[Place]:
        """All sections of the Library."""
        documents = (self._assistant.document(card.doc_id) for card in self._assistant.documents())
        return frozenset((d.work, s.section_id) for d in documents if d is not None for s in d.sections)

    def _ask(self, question: str, language: Language | None) -> tuple[Answer | None, Place | None]:
        try:
            answer = self._assistant.ask(question, language)
            hits = self._assistant.search(question, 1, language).hits
        except InputError:
            return None, None
        return answer, (hits[0].passage.work, hits[0].passage.section_id) if hits else None


def main() -> int:
    """Ask, print and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.dialogues", description=__doc__)
    parser.add_argument("--test", action="store_true", help="the held-out dialogues too; read their totals only")
    parser.add_argument("--errors", action="store_true", help="print every development turn that went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open_library(settings=Settings(library=Path(folder) / "library")) as assistant:
            asker = Asker(assistant)
            held = {name: hold_all(read_dialogues(FOLDER / f"{name}.jsonl"), asker) for name in sets(options.test)}
            text = report(held, singles(asker))
    if options.errors:
        sys.stdout.writelines(describe(outcome) for outcome in held["dev"])
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def sets(test: bool) -> tuple[str, ...]:
    """Return the names of the sets to hold."""
    return ("dev", "test") if test else ("dev",)


def read_dialogues(path: Path) -> list[Dialogue]:
    """Return the dialogues of a file. Raises InputError with path and line for one that is not in the form."""
    return [_dialogue(row, where) for where, row in rows(path)]


def _dialogue(row: Any, where: str) -> Dialogue:
    try:
        return Dialogue(row["id"], tuple(_turn(turn) for turn in row["turns"]))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: a dialogue lacks or misspells {error}; write it as its README says") from error


def _turn(row: dict[str, Any]) -> Turn:
    return Turn(
        question=row["question"],
        language=row["language"],
        kind=row["kind"],
        gold=frozenset((work, section_id) for work, section_id in row["gold"]),
        alone=row["alone"],
        intended=row["intended"],
        answer_language=row.get("answer_language"),
    )


def hold_all(dialogues: Sequence[Dialogue], asker: Asker) -> list[Outcome]:
    """Hold all dialogues. Raises InputError for gold that the Library does not hold."""
    wrong = {place for d in dialogues for turn in d.turns for place in turn.gold} - asker.places
    if wrong:
        raise InputError(f"the Library has no section {sorted(wrong)[0]}; mend the gold of the dialogues")
    return [outcome for dialogue in dialogues for outcome in hold(dialogue, asker)]


def hold(dialogue: Dialogue, asker: Asker) -> Iterator[Outcome]:
    """Yield what became of each turn."""
    went: list[Exchange] = []
    meant: list[Exchange] = []
    language = dialogue.turns[0].language
    for number, turn in enumerate(dialogue.turns, start=1):
        started = time.process_time()
        completion = asker.complete(turn.question, went)
        took = 1000 * (time.process_time() - started)
        followed = asker.follow(turn.question, went)
        right = asker.complete(turn.question, meant)
        answers = {
            "as asked": asker(turn.question),
            "completed": followed[1:],
            "after right turns": asker(right.question, right.language),
            "as meant": asker(turn.intended, turn.answer_language),
        }
        yield Outcome(
            dialogue_id=dialogue.dialogue_id,
            number=number,
            turn=turn,
            switches=turn.language != language,
            completion=completion,
            cited={way: asker.cited_first(answers[way][0]) in turn.gold for way in WAYS},
            found={way: answers[way][1] in turn.gold for way in WAYS},
            milliseconds=took,
        )
        language = turn.language
        went += exchange(followed[0], answers["completed"][0])
        meant += exchange(turn.intended, answers["as meant"][0])


def exchange(question: str, answer: Answer | None) -> list[Exchange]:
    """Return the turn as history, nothing for a question that could not be read."""
    return [Exchange(question, answer)] if answer is not None else []


@dataclass(frozen=True, slots=True)
class Unchanged:
    """How many single questions came out unchanged after a related and an unrelated turn; `times` are milliseconds."""

    name: str
    asked: int
    related: int
    unrelated: int
    new_after_unrelated: int
    times: tuple[float, ...]
    changed: tuple[str, ...]


def singles(asker: Asker) -> list[Unchanged]:
    """Put every single question after a related and after an unrelated turn."""
    read = {name: [row for _, row in rows(path)] for name, path in SINGLE.items()}
    return [_singles(name, read, asker) for name in read]


def _singles(name: str, read: dict[str, list[Any]], asker: Asker) -> Unchanged:
    """Put the questions of one set after others of it, and after others that are about something else."""
    kept = {"related": 0, "unrelated": 0}
    new, times, changed = 0, [], []
    for at, row in enumerate(read[name]):
        before = {"related": _near(at, read[name]), "unrelated": _far(at, name, read)}
        for how, question in before.items():
            history = exchange(question, asker(question)[0])
            started = time.process_time()
            completion = asker.complete(row["question"], history)
            times.append(1000 * (time.process_time() - started))
            new += how == "unrelated" and completion.kind == "new topic"
            if completion.kind != "completed" and completion.question == row["question"]:
                kept[how] += 1
            else:
                changed.append(f"{question} | {row['question']} → {completion.question}")
    return Unchanged(name, len(read[name]), kept["related"], kept["unrelated"], new, tuple(times), tuple(changed))


def _near(at: int, questions: Sequence[Any]) -> str:
    """Return a question on the same work, or the one before where none is."""
    row = questions[at]
    first = [other for other in questions if other is not row and _work(other) and _work(other) == _work(row)][:BEFORE]
    return str((first[at % len(first)] if first else questions[at - 1])["question"])


def _far(at: int, name: str, read: dict[str, list[Any]]) -> str:
    """Return a question of another set, on another work."""
    work = _work(read[name][at])
    other = read["papers" if name == "survey" else "survey"]
    first = [row for row in other if _work(row) and _work(row) != work][:BEFORE]
    return str(first[at % len(first)]["question"])


def _work(row: Any) -> str:
    gold = row["gold"][0] if row["gold"] else ""
    return str(gold if isinstance(gold, str) else gold[0])


def describe(outcome: Outcome) -> str:
    """Return one line on a development turn that went wrong, nothing for one that went right."""
    turn, done = outcome.turn, outcome.completion
    missed = turn.alone is False and done.kind != "completed"
    spoilt = turn.alone is True and done.kind == "completed"
    lost = bool(turn.gold) and outcome.cited["as meant"] and not outcome.cited["completed"]
    if not (missed or spoilt or lost):
        return ""
    what = " ".join(word for word, is_so in (("LOST", lost), ("MISSED", missed), ("CHANGED", spoilt)) if is_so)
    return f"{what} {outcome.dialogue_id} {outcome.number} {turn.question} → {done.question} | meant {turn.intended}\n"


def report(held: dict[str, list[Outcome]], alone: Sequence[Unchanged]) -> str:
    """Return all tables as Markdown."""
    parts = [INTRODUCTION]
    for name, outcomes in held.items():
        parts += [f"## {TITLES[name]}\n", *_tables(outcomes, details=name == "dev")]
    parts += ["## Single questions after another turn\n", _unchanged(alone)]
    return "\n".join(parts)


def _tables(outcomes: Sequence[Outcome], *, details: bool) -> Iterator[str]:
    turns = len(outcomes)
    dialogues = len({outcome.dialogue_id for outcome in outcomes})
    median, late = milliseconds([outcome.milliseconds for outcome in outcomes])
    slowest = max(outcome.milliseconds for outcome in outcomes)
    yield f"{dialogues} dialogues, {turns} turns. {_detection(outcomes)}\n"
    yield f"A completion took {median:.1f} ms (median), {late:.1f} ms (95th percentile), {slowest:.1f} ms at most.\n"
    answered = [outcome for outcome in outcomes if outcome.turn.gold]
    later = [outcome for outcome in answered if outcome.number > 1]
    rows: list[tuple[str, list[Outcome]]] = [
        ("turn 1", [o for o in answered if o.number == 1]),
        ("turn 2", [o for o in answered if o.number == 2]),
        ("turn 3 and later", [o for o in answered if o.number > 2]),
        ("turn 2 and later", later),
        *((f"asked in {name}", [o for o in later if o.turn.language == name]) for name in ("ko", "en")),
        ("language switched", [o for o in later if o.switches]),
        *((kind, [o for o in later if o.turn.kind == kind]) for kind in _kinds(later)),
    ]
    yield "Right section cited first:\n"
    yield _table(rows, lambda outcome: outcome.cited)
    if details:
        yield "Right section found first:\n"
        yield _table(rows[:7], lambda outcome: outcome.found)


def _kinds(outcomes: Iterable[Outcome]) -> list[str]:
    return sorted({outcome.turn.kind for outcome in outcomes})


def _table(rows: Sequence[tuple[str, Sequence[Outcome]]], right: Callable[[Outcome], dict[Way, bool]]) -> str:
    lines = [f"| | n | {' | '.join(WAYS)} |", "|-|-|" + "-|" * len(WAYS)]
    for name, outcomes in rows:
        if outcomes:
            shares = (sum(right(outcome)[way] for outcome in outcomes) / len(outcomes) for way in WAYS)
            lines.append(f"| {name} | {len(outcomes)} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return "\n".join(lines) + "\n"


def _detection(outcomes: Sequence[Outcome]) -> str:
    """Return how well it is told which turns need completing; where both can be said, a turn counts for nothing."""
    told = [outcome for outcome in outcomes if outcome.turn.alone is not None]
    completed = [outcome for outcome in told if outcome.completion.kind == "completed"]
    needy = [outcome for outcome in told if outcome.turn.alone is False]
    right = sum(outcome.turn.alone is False for outcome in completed)
    whole = len(told) - len(needy)
    return (
        f"Of {len(needy)} turns that need completing {right} were completed (recall {right / len(needy):.3f}, "
        f"precision {right / len(completed):.3f}); of {whole} that stand by themselves "
        f"{len(completed) - right} were changed."
    )


def _unchanged(alone: Sequence[Unchanged]) -> str:
    lines = [
        "| | n | unchanged after a related turn | after an unrelated turn | of these noticed as new |",
        "|-|-|-|-|-|",
    ]
    for one in alone:
        shares = [one.related / one.asked, one.unrelated / one.asked, one.new_after_unrelated / one.asked]
        lines.append(f"| {one.name} | {one.asked} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    asked = sum(one.asked for one in alone)
    kept = sum(one.related + one.unrelated for one in alone)
    median, late = milliseconds([took for one in alone for took in one.times])
    lines += [
        "",
        f"All: {kept / (2 * asked):.4f} of {2 * asked} unchanged. {median:.1f} ms, {late:.1f} ms (95th percentile).",
    ]
    lines += ["", "Changed:", "", *(f"- {line}" for one in alone for line in one.changed)]
    return "\n".join(lines) + "\n"


TITLES = {"dev": "Development dialogues", "test": "Test dialogues"}
INTRODUCTION = """# Follow-up questions in dialogues

Made by `python -m bench.dialogues --test`; times are processor time of one core. A turn is right when the section that
answers it is cited first. It is asked as it stands; as completed from the turns before as they went, wrong answers
included, and in other ways where that is not answered for sure; as completed after the turns as they were meant,
rightly answered or not; and as it was meant, written out by hand. The test dialogues are about other sections and were
written before anything was tuned; only their totals were read.
"""


if __name__ == "__main__":
    sys.exit(main())
