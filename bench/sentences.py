"""Fit and measure the choice of an answer's sentences: `python -m bench.sentences [--fit]`.

On the development questions with gold sentences (`bench/questions/sentences.jsonl`): every sentence of the sections
that would be read is right (needed), wrong, or neither (fine). A logistic regression learns to tell them apart, once
with what the known questions say of sentences and once without, as in papers that a user adds. Plain questions
(`bench/questions/plain/`) teach as much, together. Precision and recall are those of `surveyqa eval`, by weights that
did not see the question (five folds). With `--fit`, the weights of all are written to `qa/fitted.json`. Refusing takes
no part here.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.corpora import PLAIN_QUESTIONS
from bench.fit import OUT
from bench.questions import Question, read_questions
from qa import open_library
from qa.ask import Assistant
from qa.candidate import ASKED_SIGNALS, SENTENCE_SIGNALS, Candidate, Place, SentenceModel
from qa.choose import Chooser
from qa.evaluation.score import collapse, sentence_values
from qa.retrieve import Run

FOLDS = 5
# Added to the weight of a sentence that says what the thing asked about is: sixteen definitions among the questions are
# too few to learn it from (their precision and recall are .62 and .63 with 0, .83 and .81 with 2).
DEFINES = 2.0
Figures = tuple[float, float, int]  # precision, recall, sentences shown
SETS = {"asked_sentences": (*SENTENCE_SIGNALS, *ASKED_SIGNALS), "sentences": SENTENCE_SIGNALS}
QUESTIONS = ("development questions", "plain questions")
TITLES = {"asked_sentences": "With known questions", "sentences": "As if there were none"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with its run, the sections that would be read, and their sentences."""

    question: Question
    run: Run
    places: tuple[Place, ...]
    candidates: tuple[Candidate, ...]


def main() -> int:
    """Measure, and write the weights where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.sentences", description=__doc__)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    stored = json.loads(OUT.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        asked = [question for question in read_questions() if question.needed]
        plain = read_questions([PLAIN_QUESTIONS / "answered.jsonl"])
        for name, signals in SETS.items():
            sets = [
                [reading(assistant, question, known=signals != SENTENCE_SIGNALS) for question in some]
                for some in (asked, plain)
            ]
            for title, readings, figures in zip(QUESTIONS, sets, unseen(assistant, sets), strict=True):
                sys.stdout.write(f"## {TITLES[name]}: {title}\n\n{table(readings, figures)}\n")
            model = fitted(sets)
            named = dict(zip(signals, (round(value, 4) for value in model.weights), strict=True))
            stored[name] = named | {"bias": round(model.bias, 4)}
            sys.stderr.write(f"{named}\n")
    if options.fit:
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def unseen(assistant: Assistant, sets: Sequence[Sequence[Reading]]) -> list[list[Figures]]:
    """Return what is measured of each question of each set by a model that did not see it."""
    figures: list[dict[int, Figures]] = [{} for _ in sets]
    for fold in range(FOLDS):
        model = fitted([[one for at, one in enumerate(some) if at % FOLDS != fold] for some in sets])
        chooser = Chooser(assistant.library.analyser, assistant.library.embedder, model, model)
        for found, some in zip(figures, sets, strict=True):
            found |= {at: measured(chooser, one) for at, one in enumerate(some) if at % FOLDS == fold}
    return [[found[at] for at in range(len(some))] for found, some in zip(figures, sets, strict=True)]


def reading(assistant: Assistant, question: Question, *, known: bool) -> Reading:
    """Return what would be read for a question, from the best hit in its own language, known questions there or not."""
    run = assistant.search(question.text, 20)
    own = [hit for hit in run.hits if hit.passage.language == question.language]
    places = tuple(assistant.reader.places(run, (own or list(run.hits))[0]))
    if not known:
        places = tuple(replace(place, asked=()) for place in places)
    return Reading(question, run, places, tuple(assistant.reader.chooser.candidates(run, places)))


def label(question: Question, text: str) -> float | None:
    """Return 1 for a needed sentence, 0 for a wrong one, None for one that may be shown."""
    plain = collapse(text)
    if any(plain == collapse(other) for group in question.needed for other in group):
        return 1.0
    return None if any(plain == collapse(other) for other in question.fine) else 0.0


def fitted(sets: Sequence[Sequence[Reading]]) -> SentenceModel:
    """Return the model of the candidates' signals, every set counting the same, and every question within it."""
    rows, labels, worth = [], [], []
    for readings in sets:
        usable = []
        for one in readings:
            found = [(c.signals, label(one.question, c.text)) for c in one.candidates]
            known = [(signals, right) for signals, right in found if right is not None]
            if any(right for _, right in known):
                usable.append(known)
        for known in usable:
            rows += [signals for signals, _ in known]
            labels += [right for _, right in known]
            worth += [1 / len(known) / len(usable)] * len(known)
    x, y = np.array(rows), np.array(labels)
    scale = x.std(axis=0) + 1e-3
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(x / scale, y, sample_weight=np.array(worth) * len(worth) / sum(worth))
    weights = model.coef_[0] / scale
    weights[SENTENCE_SIGNALS.index("defines")] += DEFINES
    return SentenceModel(tuple(weights.tolist()), float(model.intercept_[0]))


def measured(chooser: Chooser, one: Reading) -> Figures:
    """Return precision and recall of the chosen sentences, and their number."""
    chosen = [c.text for c in chooser.choose(one.run, one.places)]
    values = sentence_values(chosen, one.question.needed, one.question.fine)
    return values.get("sentence precision", 0.0), values["sentence recall"], len(chosen)


def table(readings: Sequence[Reading], figures: Sequence[Figures]) -> str:
    """Return precision, recall and length by language and kind as Markdown."""
    by_question = [(one.question, figure) for one, figure in zip(readings, figures, strict=True)]
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
