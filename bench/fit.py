"""Fit the fusion weights and the support model on the development questions: `python -m bench.fit`.

Writes `qa/fitted.json`. Weights: grid search of MRR per language pair. Support: logistic regression; the threshold is
the one that refuses most unanswerable questions while wrongly refusing at most 1.5% of the answerable ones, found on
out-of-fold probabilities.
"""

import argparse
import itertools
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bench.questions import Question, read_questions
from index.analyse import is_name_like
from qa import open_library, rerank
from qa.ask import Assistant
from qa.query import understand
from qa.read import ExtractiveReader
from qa.rerank import LinearReranker
from qa.retrieve import CANDIDATES, Retriever, Run, Weights, fitted_weights, standardise
from qa.support import ANSWER_FEATURES, FEATURES, SupportModel, features, fitted_support

BIGRAMS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
COSINES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.3)
MAX_WRONGLY_REFUSED = 0.015
STRANGERS = (
    "Gemma-7B",
    "Mixtral",
    "PaLM-2",
    "Falcon-40B",
    "Phi-3",
    "DeepSeek-R1",
    "GPT-5",
    "StarCoder2",
    "OLMo",
    "Yi-34B",
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*")
OUT = Path("qa/fitted.json")


def main() -> int:
    """Fit, write and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=__doc__)
    parser.add_argument("--only", choices=("weights", "rerank", "support", "answers"))
    options = parser.parse_args()
    questions = read_questions()
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        stored = json.loads(OUT.read_text(encoding="utf-8"))
        if options.only in (None, "weights"):
            stored["weights"] = {pair: asdict(weights) for pair, weights in fit_weights(assistant, questions).items()}
        retriever = Retriever(
            assistant.library,
            assistant.inspector,
            assistant.bridge,
            {pair: Weights(**values) for pair, values in stored["weights"].items()},
        )
        if options.only in (None, "rerank"):
            stored["rerank"] = fit_rerank(assistant, retriever, questions)
        if options.only in (None, "support"):
            stored["support"] = fit_support(assistant, retriever, stored["rerank"], questions)
        if options.only in (None, "support", "answers"):
            stored["answers"] = fit_answers(assistant, retriever, stored, questions)
    OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def fit_weights(assistant: Assistant, questions: Sequence[Question]) -> dict[str, Weights]:
    """Return the weights with the best mean reciprocal rank of a gold section, per language pair."""
    fitted = {}
    sections = _sections(assistant)
    index = assistant.library.index
    for asked, held in itertools.product(("ko", "en"), repeat=2):
        pair = f"{asked}-{held}"
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
            scored.append(
                (float(np.mean([_reciprocal_rank(mix @ parts, gold) for parts, gold in cases])), -bigrams, -cosine)
            )
        best = max(scored)
        alone = {name: max(s for s, b, c in scored if (b, c) == at) for name, at in (("words", (0, 0)),)}
        old = fitted_weights()[pair]
        fitted[pair] = Weights(1.0, -best[1], -best[2], old.edition, old.offset)
        sys.stderr.write(
            f"{pair}: {len(cases)} questions, MRR {best[0]:.3f} (words alone {alone['words']:.3f}) {fitted[pair]}\n"
        )
    return fitted


def fit_rerank(assistant: Assistant, retriever: Retriever, questions: Sequence[Question]) -> dict[str, float]:
    """Return the weights of the reranker's features from pairs of a right and a wrong hit of the same language."""
    reranker = LinearReranker(assistant.inspector, assistant.library.embedder, [0.0] * len(rerank.FEATURES))
    cases = []
    for question in questions:
        if not question.gold:
            continue
        run = retriever.search(understand(question.text, assistant.library.analyser), CANDIDATES)
        matrix = reranker.features(run)
        for language in ("ko", "en"):
            of_language = np.array([hit.passage.language == language for hit in run.hits])
            right = np.array([(hit.passage.work, hit.passage.section_id) in question.gold for hit in run.hits])
            if (right & of_language).any() and (~right & of_language).any():
                cases.append((matrix[of_language], right[of_language]))
    folds = [np.arange(len(cases)) % 10 == fold for fold in range(10)]
    held_out = [
        _first_right(cases[at], _pairwise([case for other, case in enumerate(cases) if not fold[other]]))
        for fold in folds
        for at in np.flatnonzero(fold)
    ]
    before = np.mean([_first_right(case, np.eye(len(rerank.FEATURES))[0]) for case in cases])
    weights = _pairwise(cases)
    named = {name: round(float(weight), 4) for name, weight in zip(rerank.FEATURES, weights, strict=True)}
    sys.stderr.write(
        f"rerank: {len(cases)} runs, right section first {before:.3f} → {np.mean(held_out):.3f} (10 folds); {named}\n"
    )
    return named


def _pairwise(cases: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> NDArray[np.float64]:
    """Return the weights of a logistic loss on (best right − wrong) differences, each run weighing the same."""
    rows, weights = [], []
    for matrix, right in cases:
        wrong = matrix[~right][:15]
        for positive in matrix[right][:2]:
            rows.append(positive - wrong)
            weights.append(np.full(len(wrong), 1 / len(wrong)))
    x, w = np.concatenate(rows), np.concatenate(weights)
    model = LogisticRegression(fit_intercept=False, C=0.3 * len(cases), max_iter=2000)
    model.fit(np.concatenate([x, -x]), np.repeat([1, 0], len(x)), sample_weight=np.concatenate([w, w]))
    fitted: NDArray[np.float64] = model.coef_[0]
    return fitted


def _first_right(case: tuple[NDArray[np.float64], NDArray[np.bool_]], weights: NDArray[np.float64]) -> bool:
    matrix, right = case
    return bool(right[int(np.argmax(matrix @ weights))])


def fit_support(
    assistant: Assistant, retriever: Retriever, reranking: dict[str, float], questions: Sequence[Question]
) -> dict[str, object]:
    """Return the logistic regression's parameters over standardised features, and the threshold."""
    weights = [reranking[name] for name in rerank.FEATURES]
    reranker = LinearReranker(assistant.inspector, assistant.library.embedder, weights)
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    vocabulary = assistant.library.index.words.vocabulary
    for question in (*questions, *renamed(questions, vocabulary)):
        found = retriever.search(understand(question.text, assistant.library.analyser), CANDIDATES)
        for run, gold in ((found, question.gold), *_without(found, question)):
            run = reranker.rerank(run)
            for language in ("ko", "en"):
                hits = [hit for hit in run.hits if hit.passage.language == language]
                if not hits or (gold and (hits[0].passage.work, hits[0].passage.section_id) not in gold):
                    continue  # a wrong section of an answerable question teaches nothing about refusing
                rows.append(features(run, hits[0]))
                labels.append(int(bool(gold)))
    return _logistic("support", FEATURES, rows, labels)


def fit_answers(
    assistant: Assistant, retriever: Retriever, stored: dict[str, Any], questions: Sequence[Question]
) -> dict[str, object]:
    """Return the logistic regression that weighs an answer's sentences, and the threshold."""
    weights = [stored["rerank"][name] for name in rerank.FEATURES]
    reranker = LinearReranker(assistant.inspector, assistant.library.embedder, weights)
    library = assistant.library
    models = SupportModel.from_stored(stored["support"]), fitted_support("answers")
    reader = ExtractiveReader(
        library.analyser, library.embedder, *models, library.store.document, library.store.edition
    )
    works = {card.doc_id: card.work for card in assistant.documents()}
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    for question in (*questions, *renamed(questions, library.index.words.vocabulary)):
        found = retriever.search(understand(question.text, library.analyser), CANDIDATES)
        for run, gold in ((found, question.gold), *_without(found, question)):
            proposal = reader.propose(reranker.rerank(run))
            if proposal is None:
                continue
            cited = [(works[c.evidence.doc_id], c.evidence.section_id) for c in proposal.chosen]
            if gold and not any(place in gold for place in cited):
                continue
            rows.append(proposal.features)
            labels.append(int(bool(gold)))
    return _logistic("answers", ANSWER_FEATURES, rows, labels)


def _logistic(
    what: str, features: Sequence[str], rows: Sequence[tuple[float, ...]], labels: Sequence[int]
) -> dict[str, object]:
    x, y = np.array(rows), np.array(labels)
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced")
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    out_of_fold: NDArray[np.float64] = cross_val_predict(
        model, (x - mean) / scale, y, cv=folds, method="predict_proba"
    )[:, 1]
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        at = float(np.quantile(out_of_fold[y == 1], share))
        sys.stderr.write(
            f"  wrongly refused {share:.2f}: refused {np.mean(out_of_fold[y == 0] < at):.3f} at {at:.3f}\n"
        )
    threshold = float(np.quantile(out_of_fold[y == 1], MAX_WRONGLY_REFUSED))
    refused = float(np.mean(out_of_fold[y == 0] < threshold))
    model.fit((x - mean) / scale, y)
    names = dict(zip(features, np.round(model.coef_[0], 2).tolist(), strict=True))
    counts = f"{y.sum()} answered, {len(y) - y.sum()} not"
    sys.stderr.write(f"{what}: {counts}; threshold {threshold:.3f} refuses {refused:.3f}; {names}\n")
    return {
        "mean": mean.round(5).tolist(),
        "scale": scale.round(5).tolist(),
        "weight": model.coef_[0].round(5).tolist(),
        "bias": round(float(model.intercept_[0]), 5),
        "threshold": round(threshold, 4),
    }


def renamed(questions: Sequence[Question], vocabulary: Mapping[str, int]) -> list[Question]:
    """Return answerable questions with one name in them replaced by a name that the Library does not hold."""
    strangers = [name for name in STRANGERS if re.sub(r"[-. ]", "", name.lower()) not in vocabulary]
    made = []
    for number, question in enumerate(questions):
        names = [found for found in _NAME.finditer(question.text) if is_name_like(found.group())]
        if question.gold and names:
            start, end = names[0].span()
            text = question.text[:start] + strangers[number % len(strangers)] + question.text[end:]
            made.append(replace(question, text=text, gold=()))
    return made


def _without(run: Run, question: Question) -> list[tuple[Run, tuple[()]]]:
    """Return the run as it would be if the one paper that answers were not in the Library: a near-topic refusal."""
    works = {work for work, _ in question.gold}
    if len(works) != 1 or next(iter(works)).startswith("2406.01252"):
        return []
    hits = tuple(hit for hit in run.hits if hit.passage.work not in works)
    return [(replace(run, hits=hits), ())] if hits else []


def _parts(assistant: Assistant, question: Question, held: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    index = assistant.library.index
    query = understand(question.text, assistant.library.analyser)
    units = assistant.bridge.units(query.terms, query.text)
    topic = " ".join(query.text[term.start : term.end] for term in query.terms)
    return np.stack(
        [
            standardise(
                index.words.scores([g for unit in units for g in unit.groups("ko" if held == "ko" else "en")])[rows]
            ),
            standardise(
                index.bigrams.scores([{gram: 1.0} for gram in assistant.library.analyser.bigrams(topic)])[rows]
            ),
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
