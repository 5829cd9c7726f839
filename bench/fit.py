"""Fit the reranker and the models of support: `python -m bench.fit NAME=FOLDER … [--leave-out NAME]`.

Writes `qa/fitted.json`; its fusion weights are chosen by hand from the grid of `bench.ablation`. NAME=FOLDER are other
corpora (`bench/questions/transfer/README.md`). All is fitted on the development questions and, as much, on each other
corpus: the bundled embedder has learned from the shipped corpus, so that only the others show what its vectors are
worth elsewhere. Without any, nothing would teach what support looks like where no known questions are: at least one
must be given. With `--leave-out`, a corpus is only reported, and nothing is written.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.corpora import DEVELOPMENT, Corpus, Place, named_folders, open_corpora
from bench.training import Case, case, cases, renamed, unasked, without_answer
from qa.read import ExtractiveReader
from qa.signals import SIGNALS
from qa.support import ANSWER_FEATURES, FEATURES, SupportModel, fitted_support

OUT = Path("qa/fitted.json")
RIDGE = 5e-4
STRENGTH = 0.3  # of the models of support: the inverse of their ridge
FREE = ("units", "cross", "hit_about_others", "hit_survey", "hit_cross", "hit_unasked")  # may speak for or against
MAX_WRONGLY_REFUSED = 0.02


@dataclass(frozen=True, slots=True)
class Row:
    """What speaks for one answer, whether it is right, and of which corpus and question; `plain`: asked as written."""

    group: str
    question: int
    features: tuple[float, ...]
    answered: bool
    plain: bool


def main() -> int:
    """Fit, say what was found, and write it."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=__doc__)
    parser.add_argument("corpora", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--leave-out", default="")
    options = parser.parse_args()
    stored = json.loads(OUT.read_text(encoding="utf-8"))
    with open_corpora(named_folders(options.corpora)) as corpora:
        asked = {corpus.name: cases(corpus) for corpus in corpora}
        fitted = {name: found for name, found in asked.items() if name != options.leave_out}
        weights = fit_rerank(fitted)
        for name, found in asked.items():
            say(f"rerank: {name} {first_right(found, weights):.3f} right first, of {len(found)}")
        stored["rerank"] = dict(zip(SIGNALS, weights.round(4).tolist(), strict=True))
        support = [row for corpus in corpora for row in support_rows(corpus, asked[corpus.name], weights)]
        stored["support"] = fit_support("support", FEATURES, support, options.leave_out)
        model = SupportModel.from_stored(stored["support"])
        answers = [row for corpus in corpora for row in answer_rows(corpus, asked[corpus.name], weights, model)]
        stored["answers"] = fit_support("answers", ANSWER_FEATURES, answers, options.leave_out)
    if not options.leave_out:
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def say(text: str) -> None:
    """Print a line on standard error."""
    sys.stderr.write(text + "\n")


def fit_rerank(asked: dict[str, list[Case]]) -> NDArray[np.float64]:
    """Return the weights of SIGNALS.

    Development cases come twice: as they are, and with some works as if these were papers that a user added.
    """
    chooser = np.random.default_rng(0)
    groups = []
    for name, found in asked.items():
        shown = list(found)
        if name == DEVELOPMENT:
            shown += [unasked(one, _some_works(one, chooser)) for one in found]
        groups.append(([(one.signals, one.right) for one in shown], 1.0))
    return softmax_weights(groups)


def _some_works(one: Case, chooser: np.random.Generator) -> NDArray[np.bool_]:
    """Return which hits belong to a random half of the works, as if these were papers that a user added."""
    works = sorted({hit.passage.work for hit in one.run.hits})
    chosen = {work for work in works if chooser.random() < 0.5}
    return np.array([hit.passage.work in chosen for hit in one.run.hits], bool)


def softmax_weights(
    groups: Sequence[tuple[list[tuple[NDArray[np.float64], NDArray[np.bool_]]], float]],
) -> NDArray[np.float64]:
    """Return weights that give right hits the highest share of a softmax over each question's hits.

    Groups of (signals, right) cases count as their weight says, whatever their number.
    """
    usable = [([c for c in found if c[1].any() and not c[1].all()], weight) for found, weight in groups]
    every = [(x, right, weight / len(found)) for found, weight in usable for x, right in found]
    size, width = max(len(x) for x, _, _ in every), every[0][0].shape[1]
    x, right, real = (
        np.zeros((len(every), size, width)),
        np.zeros((len(every), size), bool),
        np.zeros((len(every), size), bool),
    )
    for at, (signals, which, _) in enumerate(every):
        x[at, : len(signals)], right[at, : len(signals)], real[at, : len(signals)] = signals, which, True
    worth = np.array([weight for _, _, weight in every]) / sum(weight for _, _, weight in every)
    spread = x[real].std(axis=0) + 1e-6
    x /= spread

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = np.where(real, x @ weights, -1e9)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        inside = shares * right
        mass = inside.sum(axis=1, keepdims=True) + 1e-12
        slope = -np.einsum("i,ij,ijk->k", worth, inside / mass - shares, x, optimize=True)
        return -float(worth @ np.log(mass[:, 0])) + RIDGE * float(weights @ weights), slope + 2 * RIDGE * weights

    fitted: NDArray[np.float64] = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x / spread
    return fitted


def first_right(found: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """Return the share of answerable questions whose first hit is right."""
    usable = [one for one in found if one.asked.gold]
    return float(np.mean([one.is_right(one.ranked(weights).hits[0]) for one in usable]))


def variants(corpus: Corpus, found: Sequence[Case]) -> Iterator[tuple[int, Case, bool]]:
    """Yield every question as asked, without the work that answers it, and with another name in it."""
    words = corpus.assistant.library.index.words
    for number, one in enumerate(found):
        several = [(one, True)]
        if corpus.name == DEVELOPMENT and one.asked.gold and one.right.any():
            several.append((without_answer(corpus.assistant, one, whole_work=True), False))
        several += [(case(corpus.assistant, other), False) for other in renamed(one.asked, number, words)]
        yield from ((number, variant, plain) for variant, plain in several if variant.run.hits)


def support_rows(corpus: Corpus, found: Sequence[Case], weights: NDArray[np.float64]) -> Iterator[Row]:
    """Yield a row for the best hit in each language; a wrong section of an answerable question teaches nothing."""
    for number, one, plain in variants(corpus, found):
        run = one.ranked(weights)
        for language in ("ko", "en"):
            hit = next((hit for hit in run.hits if hit.passage.language == language), None)
            if hit is None:
                continue
            right = one.is_right(hit)
            if right or not one.asked.gold:
                features = corpus.assistant.support.read(run, hit)
                yield Row(corpus.name, number, features, right, plain and language == run.query.language)


def answer_rows(
    corpus: Corpus, found: Sequence[Case], weights: NDArray[np.float64], model: SupportModel
) -> Iterator[Row]:
    """Yield a row for what would be answered."""
    assistant, library = corpus.assistant, corpus.assistant.library
    reader = ExtractiveReader(
        library.analyser,
        library.embedder,
        assistant.support,
        model,
        fitted_support("answers"),
        library.store.document,
        library.store.edition,
    )
    documents = {card.doc_id: card for card in assistant.documents()}
    for number, one, plain in variants(corpus, found):
        run = one.ranked(weights)
        proposal = reader.propose(replace(run, hits=run.hits[:20]))
        if proposal is None:
            continue
        cited: set[Place] = {(documents[c.evidence.doc_id].work, c.evidence.section_id) for c in proposal.chosen}
        cited |= {(Path(documents[c.evidence.doc_id].source).stem,) for c in proposal.chosen}
        right = bool(one.asked.gold & cited)
        if right or not one.asked.gold:
            yield Row(corpus.name, number, proposal.features, right, plain)


def fit_support(what: str, names: Sequence[str], rows: Sequence[Row], leave_out: str) -> dict[str, Any]:
    """Return a logistic regression's parameters over standardised features, and its threshold.

    Corpora, and right and wrong answers in each, count the same. The threshold wrongly refuses MAX_WRONGLY_REFUSED of
    the development questions, by models that did not see them (five folds).
    """
    fitted = [row for row in rows if row.group != leave_out]
    probability, parameters = _logistic(fitted, names)
    held: dict[int, float] = {}
    for fold in range(5):
        rest = [row for row in fitted if row.group != DEVELOPMENT or row.question % 5 != fold]
        unseen, _ = _logistic(rest, names)
        for at, row in enumerate(rows):
            if row.group == DEVELOPMENT and row.question % 5 == fold:
                held[at] = float(unseen([row])[0])
    chances = {at: held[at] if at in held else float(probability([row])[0]) for at, row in enumerate(rows) if row.plain}
    threshold = float(
        np.quantile(
            [chances[at] for at in chances if rows[at].group == DEVELOPMENT and rows[at].answered], MAX_WRONGLY_REFUSED
        )
    )
    for group in dict.fromkeys(row.group for row in rows):
        answered = [chances[at] for at in chances if rows[at].group == group and rows[at].answered]
        not_answered = [chances[at] for at in chances if rows[at].group == group and not rows[at].answered]
        if not_answered:
            say(
                f"{what}: {group} refused {np.mean(np.array(not_answered) < threshold):.3f} of {len(not_answered)}, "
                f"wrongly {np.mean(np.array(answered) < threshold):.3f} of {len(answered)} (threshold {threshold:.3f})"
            )
    say(f"{what}: {dict(zip(names, np.round(parameters['weight'], 2).tolist(), strict=True))}")
    return parameters | {"threshold": round(threshold, 4)}


def _logistic(
    rows: Sequence[Row], names: Sequence[str]
) -> tuple[Callable[[Sequence[Row]], NDArray[np.float64]], dict[str, Any]]:
    """Return what gives probabilities, and its parameters; weights have the sign that their feature's meaning has."""
    x, y = np.array([row.features for row in rows]), np.array([row.answered for row in rows])
    groups = np.array([row.group for row in rows])
    worth = np.zeros(len(rows))
    for group in set(groups):
        for answered in (True, False):
            which = (groups == group) & (y == answered)
            worth[which] = (1.5 if group == DEVELOPMENT else 1.0) / max(int(which.sum()), 1)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-3
    signed = np.where(y, 1.0, -1.0)[:, None] * np.column_stack([(x - mean) / scale, np.ones(len(x))])
    worth /= worth.mean()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signed @ weights
        slope = signed.T @ (-worth / (1 + np.exp(margins)))
        pull = np.append(weights[:-1], 0.0) / STRENGTH
        return float(worth @ np.logaddexp(0.0, -margins) + weights @ pull / 2), slope + pull

    bounds = [*(_bounds(name) for name in names), (None, None)]
    fitted = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    parameters = {
        "mean": mean.round(5).tolist(),
        "scale": scale.round(5).tolist(),
        "weight": fitted[:-1].round(5).tolist(),
        "bias": round(float(fitted[-1]), 5),
    }

    def probability(asked: Sequence[Row]) -> NDArray[np.float64]:
        margins = (np.array([row.features for row in asked]) - mean) / scale @ fitted[:-1] + fitted[-1]
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-margins))
        return chances

    return probability, parameters


def _bounds(name: str) -> tuple[float | None, float | None]:
    """Return between what a weight lies: what is missing never speaks for an answer, what is held never against one."""
    if name in FREE or name.startswith("asks_"):
        return None, None
    return (None, 0.0) if name.endswith("missing") or name == "empty" else (0.0, None)


if __name__ == "__main__":
    sys.exit(main())
