"""Fit and measure the choice of an answer's sentences: `python -m bench.sentences [NAME=FOLDER …] [--fit]`.

On the development questions with gold sentences (`bench/questions/sentences.jsonl`): every sentence of the sections
that would be read is right (needed), wrong, or neither (fine). A linear model learns to put the right ones first, once
with what the known questions say of sentences and once without, as in papers that a user adds. Plain questions
(`bench/questions/plain/`) teach as much, together. Without known questions, the other corpora whose questions tell
their sentences (`bench/questions/transfer/README.md`) teach alone, as the embedder has learned from the shipped one;
those that are LATER are only measured.
Precision and recall are those of `surveyqa eval`, by weights that did not see the question (five folds), nor, of
another corpus, any of its questions. With `--fit`, the weights of all are written to `qa/fitted.json`. Refusing takes
no part here.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.corpora import LATER, PLAIN_QUESTIONS, named_folders, open_corpora
from bench.fit import OUT, softmax_weights
from bench.questions import Question, read_questions
from qa.ask import Assistant
from qa.evaluation.score import collapse, sentence_values
from qa.reading.candidate import ASKED_SIGNALS, SENTENCE_SIGNALS, Candidate, Place, SentenceModel
from qa.reading.choose import Chooser
from qa.retrieval.retrieve import Run

FOLDS = 5
Figures = tuple[float, float, int]  # precision, recall, sentences shown


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with its run, the sections that would be read, and their sentences."""

    question: Question
    run: Run
    places: tuple[Place, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """The questions of one set, and the Library that they were asked of."""

    name: str
    assistant: Assistant
    of: tuple[Reading, ...]

    def part(self, fold: int, *, held: bool) -> "Readings":
        """Return the questions of a fold, or all others."""
        return replace(self, of=tuple(one for at, one in enumerate(self.of) if (at % FOLDS == fold) == held))


def main() -> int:
    """Measure, and write the weights where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.sentences", description=__doc__)
    parser.add_argument("corpora", nargs="*", metavar="NAME=FOLDER")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    stored = json.loads(OUT.read_text(encoding="utf-8"))
    with open_corpora(named_folders(options.corpora)) as corpora:
        shipped = corpora[0].assistant
        asked = [question for question in read_questions() if question.needed]
        plain = read_questions([PLAIN_QUESTIONS / "answered.jsonl"])
        own = [("development questions", shipped, asked), ("plain questions", shipped, plain)]
        others = [(corpus.name, corpus.assistant, corpus.answered) for corpus in corpora if corpus.answered]
        known = [readings(*some, known=True) for some in own]
        stored["asked_sentences"] = say_and_fit(
            "With known questions", known, known, (*SENTENCE_SIGNALS, *ASKED_SIGNALS)
        )
        unknown = [readings(*some, known=False) for some in (*own, *others)]
        fitted_on = [one for one in unknown[len(own) :] if one.name not in LATER] or unknown[: len(own)]
        stored["sentences"] = say_and_fit("As if there were none", unknown, fitted_on, SENTENCE_SIGNALS)
    if options.fit:
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def say_and_fit(
    title: str, measured_on: Sequence[Readings], fitted_on: Sequence[Readings], signals: Sequence[str]
) -> dict[str, float]:
    """Say what unseen questions of each set get, and return the weights that all of `fitted_on` give."""
    for one in measured_on:
        sys.stdout.write(f"## {title}: {one.name}\n\n{table(one.of, unseen(one, fitted_on))}\n")
    model = fitted(fitted_on)
    named = dict(zip(signals, (round(value, 4) for value in model.weights), strict=True))
    sys.stderr.write(f"{named}\n")
    return named | {"bias": round(model.bias, 4)}


def unseen(asked: Readings, fitted_on: Sequence[Readings]) -> list[Figures]:
    """Return what is measured of each question by a model that did not see it: nor its corpus, if it is another one."""
    others = [one for one in fitted_on if one.assistant is not asked.assistant]
    chooser = asked.assistant.reader.chooser
    if others:
        model = fitted(others)
        return [measured(chooser.with_models(model, model), one) for one in asked.of]
    found: dict[int, Figures] = {}
    for fold in range(FOLDS):
        model = fitted([one.part(fold, held=False) for one in fitted_on])
        made = chooser.with_models(model, model)
        found |= {at: measured(made, one) for at, one in enumerate(asked.of) if at % FOLDS == fold}
    return [found[at] for at in range(len(asked.of))]


def readings(name: str, assistant: Assistant, questions: Sequence[Question], *, known: bool) -> Readings:
    """Return what would be read for each question that finds anything."""
    found = (reading(assistant, question, known=known) for question in questions)
    return Readings(name, assistant, tuple(one for one in found if one is not None))


def reading(assistant: Assistant, question: Question, *, known: bool) -> Reading | None:
    """Return what would be read for a question, known questions there or not."""
    run = assistant.search(question.text, 20)
    best, _ = assistant.reader.sections.best(run)
    if best is None:
        return None
    places = tuple(assistant.reader.sections.places(run, best))
    if not known:
        places = tuple(replace(place, asked=()) for place in places)
    return Reading(question, run, places, tuple(assistant.reader.chooser.candidates(run, places)))


def label(question: Question, text: str) -> float | None:
    """Return 1 for a needed sentence, 0 for a wrong one, None for one that may be shown."""
    plain = collapse(text)
    if any(plain == collapse(other) for group in question.needed for other in group):
        return 1.0
    return None if any(plain == collapse(other) for other in question.fine) else 0.0


def fitted(sets: Sequence[Readings]) -> SentenceModel:
    """Return the model of the candidates' signals, every set counting the same, and every question within it.

    Weights give the needed sentences the highest share of a softmax over each question's (`bench.fit`); the bias, from
    a logistic regression on what they give, puts to 0 what is as likely to answer as not.
    """
    groups = []
    for some in sets:
        usable = []
        for one in some.of:
            found = [(c.signals, label(one.question, c.text)) for c in one.candidates]
            known = [(signals, right) for signals, right in found if right is not None]
            if any(right for _, right in known):
                usable.append((np.array([signals for signals, _ in known]), np.array([r for _, r in known], bool)))
        groups.append((usable, 1.0))
    weights = softmax_weights(groups)
    scores = np.concatenate([x @ weights for usable, _ in groups for x, _ in usable])
    right = np.concatenate([y for usable, _ in groups for _, y in usable])
    worth = np.concatenate([np.full(len(y), 1 / len(y) / len(usable)) for usable, _ in groups for _, y in usable])
    odds = LogisticRegression(C=1e3).fit(scores[:, None], right, sample_weight=worth * len(worth) / worth.sum())
    return SentenceModel(tuple(weights.tolist()), float(odds.intercept_[0] / odds.coef_[0, 0]))


def measured(made: Chooser, one: Reading) -> Figures:
    """Return precision and recall of the chosen sentences, and their number."""
    chosen = [c.text for c in made.choose(one.run, one.places)]
    values = sentence_values(chosen, one.question.needed, one.question.fine)
    return values.get("sentence precision", 0.0), values["sentence recall"], len(chosen)


def table(found: Sequence[Reading], figures: Sequence[Figures]) -> str:
    """Return precision, recall and length by language and kind as Markdown."""
    by_question = [(one.question, figure) for one, figure in zip(found, figures, strict=True)]
    kinds = sorted({question.kind for question, _ in by_question})
    groups = [("all", by_question)]
    groups += [(f"in {name}", [row for row in by_question if row[0].language == name]) for name in ("ko", "en")]
    groups += [(kind, [row for row in by_question if row[0].kind == kind]) for kind in kinds]
    lines = ["| questions | n | sentence precision | sentence recall | sentences shown |", "|-|-|-|-|-|"]
    for name, rows in groups:
        means = np.array([figure for _, figure in rows]).mean(axis=0)
        lines.append(f"| {name} | {len(rows)} | {means[0]:.3f} | {means[1]:.3f} | {means[2]:.1f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
