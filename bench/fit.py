"""Fit the fusion weights and the support model on the development questions: `python -m bench.fit`.

Writes `qa/fitted.json`. Weights: grid search of MRR per language pair. Support: logistic regression; the threshold is
the one that refuses most unanswerable questions while wrongly refusing at most 2.5% of the answerable ones, found on
out-of-fold probabilities.
"""

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bench.questions import Question, read_questions
from qa import open_library
from qa.ask import Assistant
from qa.query import understand
from qa.retrieve import Retriever, Weights, fitted_weights, standardise
from qa.support import FEATURES, features

BIGRAMS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
COSINES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.3)
MAX_WRONGLY_REFUSED = 0.025
OUT = Path("qa/fitted.json")


def main() -> int:
    """Fit, write and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=__doc__)
    parser.add_argument("--only", choices=("weights", "support"))
    options = parser.parse_args()
    questions = read_questions()
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        stored = json.loads(OUT.read_text(encoding="utf-8"))
        if options.only != "support":
            stored["weights"] = {pair: asdict(weights) for pair, weights in fit_weights(assistant, questions).items()}
        if options.only != "weights":
            weights = {pair: Weights(**values) for pair, values in stored["weights"].items()}
            stored["support"] = fit_support(assistant, questions, weights)
    OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def fit_weights(assistant: Assistant, questions: Sequence[Question]) -> dict[str, Weights]:
    """Return the weights with the best mean reciprocal rank of a gold section, per language pair."""
    fitted = {}
    sections = _sections(assistant)
    index = assistant.library.index
    for asked, held in itertools.product(("ko", "en"), repeat=2):
        mask = index.korean if held == "ko" else ~index.korean
        rows = np.flatnonzero(mask)
        cases = []
        for question in questions:
            if question.language != asked or not question.gold:
                continue
            gold = np.array([sections[row] in question.gold for row in rows])
            if gold.any():
                cases.append((_parts(assistant, question, held, rows), gold))
        scored = []
        for bigrams, cosine in itertools.product(BIGRAMS, COSINES):
            mix = np.array([1.0, bigrams, cosine], np.float32)
            scored.append((float(np.mean([_reciprocal_rank(mix @ parts, gold) for parts, gold in cases])), -bigrams, -cosine))
        best = max(scored)
        alone = {name: max(s for s, b, c in scored if (b, c) == at) for name, at in (("words", (0, 0)),)}
        old = fitted_weights()[f"{asked}-{held}"]
        fitted[f"{asked}-{held}"] = Weights(1.0, -best[1], -best[2], old.edition, old.offset)
        sys.stderr.write(f"{asked}-{held}: {len(cases)} questions, MRR {best[0]:.3f} (words alone {alone['words']:.3f}) {fitted[f'{asked}-{held}']}\n")
    return fitted


def fit_support(assistant: Assistant, questions: Sequence[Question], weights: dict[str, Weights]) -> dict[str, object]:
    """Return the logistic regression's parameters over standardised features, and the threshold."""
    retriever = Retriever(assistant.library, assistant._retriever._bridge, weights)
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    groups: list[int] = []
    for number, question in enumerate(questions):
        run = retriever.search(understand(question.text, assistant.library.analyser), 20)
        for language in ("ko", "en"):
            hits = [hit for hit in run.hits if hit.passage.language == language]
            if not hits:
                continue
            right = (hits[0].passage.work, hits[0].passage.section_id) in question.gold
            if question.gold and not right:
                continue  # a wrong section of an answerable question teaches nothing about refusing
            rows.append(features(run, hits[0]))
            labels.append(int(bool(question.gold)))
            groups.append(number)
    x, y = np.array(rows), np.array(labels)
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced")
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    out_of_fold: NDArray[np.float64] = cross_val_predict(model, (x - mean) / scale, y, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(out_of_fold[y == 1], MAX_WRONGLY_REFUSED))
    refused = float(np.mean(out_of_fold[y == 0] < threshold))
    model.fit((x - mean) / scale, y)
    names = dict(zip(FEATURES, np.round(model.coef_[0], 2).tolist(), strict=True))
    sys.stderr.write(f"support: {y.sum()} answered, {len(y) - y.sum()} not; threshold {threshold:.3f} refuses {refused:.3f}; {names}\n")
    return {
        "mean": mean.round(5).tolist(),
        "scale": scale.round(5).tolist(),
        "weight": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
        "threshold": round(threshold, 4),
    }


def _parts(assistant: Assistant, question: Question, held: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    index = assistant.library.index
    query = understand(question.text, assistant.library.analyser)
    units = assistant._retriever._bridge.units(query.terms, query.text)
    topic = " ".join(query.text[term.start : term.end] for term in query.terms)
    return np.stack(
        [
            standardise(index.words.scores([g for unit in units for g in unit.groups("ko" if held == "ko" else "en")])[rows]),
            standardise(index.bigrams.scores([{gram: 1.0} for gram in assistant.library.analyser.bigrams(topic)])[rows]),
            standardise(index.vectors.similarities(assistant.library.embedder.embed_question(query.text))[rows]),
        ]
    )


def _reciprocal_rank(scores: NDArray[np.float32], gold: NDArray[np.bool_]) -> float:
    return float(1 / (1 + np.sum(scores > scores[gold].max())))


def _sections(assistant: Assistant) -> list[tuple[str, str]]:
    passages = assistant.library.store.passages(assistant.library.index.rows.tolist())
    return [(passage.work, passage.section_id) for passage in passages]


if __name__ == "__main__":
    sys.exit(main())
