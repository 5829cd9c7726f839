"""Rows of features in, the models of support out, and what they do on questions that they have not seen."""

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.corpora import DEVELOPMENT, NEAR, OF_SHIPPED, PLAIN, UNASKED
from qa.retrieval.support import ReplyModel

STRENGTH = 0.3  # of the logistic regression: the inverse of its ridge
FREE = ("units", "cross", "hit_about_others", "hit_survey", "hit_cross", "hit_unasked")  # may speak for or against
MAX_WRONGLY_REFUSED = 0.02  # by the passages found
MAX_WRONGLY_REFUSED_REPLIES = 0.015  # by the answer; of questions in users' own words five times as many are
MAX_WRONGLY_REFUSED_UNASKED = 0.05  # of the questions to corpora without known questions
FOLDS = 5
# Of a group's rows beside those of another; other corpora are many, and together count a little more than one of these.
WORTH = {DEVELOPMENT: 1.5, NEAR: 1.5, PLAIN: 1.5}
OTHER_WORTH = 0.3
HIDDEN, SEEDS, DECAY, STEPS = 8, 8, 3e-3, 120  # of the network: units a seed, seeds, ridge, steps of the optimiser


@dataclass(frozen=True, slots=True)
class Row:
    """What speaks for one answer, whether it is right, and of which corpus and question; `plain`: asked as written."""

    group: str
    question: int
    features: tuple[float, ...]
    answered: bool
    plain: bool


Chances = Callable[[Sequence[Row]], NDArray[np.float64]]


def say(text: str) -> None:
    """Print a line on standard error."""
    sys.stderr.write(text + "\n")


def fit_support(what: str, names: Sequence[str], rows: Sequence[Row], leave_out: Collection[str]) -> dict[str, Any]:
    """Return a logistic regression's parameters over standardised features.

    Groups count as WORTH says, right and wrong answers in each the same, whatever their number. It is reported at the
    threshold that wrongly refuses MAX_WRONGLY_REFUSED of the development questions, by models that did not see them
    (five folds).
    """
    parameters, chances = _unseen(rows, leave_out, lambda some: _logistic(some, names))
    threshold = _threshold(rows, chances, MAX_WRONGLY_REFUSED, (DEVELOPMENT,))
    report(what, rows, chances, dict.fromkeys((row.group for row in rows), threshold))
    say(f"{what}: {dict(zip(names, np.round(parameters['weight'], 2).tolist(), strict=True))}")
    return parameters


def fit_replies(rows: Sequence[Row], leave_out: Collection[str]) -> dict[str, Any]:
    """Return a network's parameters and its two thresholds, found as in `fit_support`.

    The first wrongly refuses MAX_WRONGLY_REFUSED_REPLIES and counts the near questions among the development
    questions, of which there are few. The second, for sections without known questions, wrongly refuses
    MAX_WRONGLY_REFUSED_UNASKED of the questions to the other corpora.
    """
    parameters, chances = _unseen(rows, leave_out, _network)
    threshold = _threshold(rows, chances, MAX_WRONGLY_REFUSED_REPLIES, (DEVELOPMENT, NEAR))
    others = [name for name in _groups(rows) if name not in {*OF_SHIPPED, UNASKED, *leave_out}]
    unasked = _threshold(rows, chances, MAX_WRONGLY_REFUSED_UNASKED, others) if others else threshold
    limits = {name: threshold if name in OF_SHIPPED else unasked for name in _groups(rows)}
    report("answers", rows, chances, limits)
    say(f"answers: near {pair_accuracy(rows, chances):.3f} of the pairs in order")
    return parameters | {"threshold": round(threshold, 4), "unasked_threshold": round(unasked, 4)}


def report(what: str, rows: Sequence[Row], chances: NDArray[np.float64], limits: dict[str, float]) -> None:
    """Say for each group how many questions, asked as they were written, are refused rightly and wrongly."""
    for group, limit in limits.items():
        asked = np.array([row.group == group and row.plain for row in rows])
        answered = np.array([row.answered for row in rows])
        yes, no = chances[asked & answered], chances[asked & ~answered]
        if len(no):
            over = float(np.mean(yes[:, None] > no[None, :])) if len(yes) else 0.0
            say(
                f"{what}: {group} refused {np.mean(no < limit):.3f} of {len(no)}, "
                f"wrongly {np.mean(yes < limit):.3f} of {len(yes)} (threshold {limit:.3f}, AUC {over:.3f})"
            )


def pair_accuracy(rows: Sequence[Row], chances: NDArray[np.float64]) -> float:
    """Return the share of the near pairs whose answerable question is the likelier one; 0 without pairs."""
    by_pair: dict[int, dict[bool, float]] = {}
    for row, chance in zip(rows, chances, strict=True):
        if row.group == NEAR:
            by_pair.setdefault(row.question, {})[row.answered] = float(chance)
    pairs = [pair for pair in by_pair.values() if len(pair) == 2]
    return float(np.mean([pair[True] > pair[False] for pair in pairs])) if pairs else 0.0


def _unseen(
    rows: Sequence[Row], leave_out: Collection[str], fit: Callable[[Sequence[Row]], tuple[Chances, dict[str, Any]]]
) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """Return a fit's parameters, and every row's chance by a fit on the other four fifths of the questions."""
    fitted = [row for row in rows if row.group not in leave_out]
    probability, parameters = fit(fitted)
    chances = probability(rows)
    folds = np.array([row.question % FOLDS if row.group not in leave_out else FOLDS for row in rows])
    for fold in range(FOLDS):
        here = np.flatnonzero(folds == fold).tolist()
        rest = [row for row in fitted if row.question % FOLDS != fold]
        if here and rest:
            chances[here] = fit(rest)[0]([rows[at] for at in here])
    return parameters, chances


def _threshold(rows: Sequence[Row], chances: NDArray[np.float64], wrongly: float, groups: Sequence[str]) -> float:
    """Return below what chance so many of the answered questions of these groups lie."""
    chosen = [row.group in groups and row.plain and row.answered for row in rows]
    return float(np.quantile(chances[np.array(chosen)], wrongly))


def _groups(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.group for row in rows))


def _arrays(rows: Sequence[Row]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return the rows' features, whether they are answered, and how much each counts, 1 in the mean."""
    x, y = np.array([row.features for row in rows]), np.array([row.answered for row in rows])
    groups = np.array([row.group for row in rows])
    worth = np.zeros(len(rows))
    for group in set(groups.tolist()):
        for answered in (True, False):
            which = (groups == group) & (y == answered)
            worth[which] = WORTH.get(group, OTHER_WORTH) / max(int(which.sum()), 1)
    return x, y, worth / worth.mean()


def _logistic(rows: Sequence[Row], names: Sequence[str]) -> tuple[Chances, dict[str, Any]]:
    """Return what gives probabilities, and its parameters; weights have the sign that their feature's meaning has."""
    x, y, worth = _arrays(rows)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-3
    signed = np.where(y, 1.0, -1.0)[:, None] * np.column_stack([(x - mean) / scale, np.ones(len(x))])

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


def _network(rows: Sequence[Row]) -> tuple[Chances, dict[str, Any]]:
    """Return what gives probabilities, and the parameters of a ReplyModel: the mean of SEEDS networks' log-odds."""
    x, y, worth = _arrays(rows)
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-3
    scaled = np.clip((x - mean) / scale, -4, 4)
    nets = [trained(scaled, np.where(y, 1.0, -1.0), worth / worth.sum(), seed) for seed in range(SEEDS)]
    linear, bias, hidden, hidden_bias, out = (list(part) for part in zip(*nets, strict=True))
    parameters = {
        "mean": mean.round(5).tolist(),
        "scale": scale.round(5).tolist(),
        "weight": np.mean(linear, axis=0).round(5).tolist(),
        "bias": round(float(np.mean(bias)), 5),
        "hidden": np.concatenate(hidden).round(4).tolist(),
        "hidden_bias": np.concatenate(hidden_bias).round(4).tolist(),
        "out": (np.concatenate(out) / SEEDS).round(5).tolist(),
    }
    model = ReplyModel.from_stored(parameters | {"threshold": 0.0, "unasked_threshold": 0.0})

    def probability(asked: Sequence[Row]) -> NDArray[np.float64]:
        return np.array([model.probability(row.features) for row in asked], np.float64)

    return probability, parameters


def trained(
    x: NDArray[np.float64], signs: NDArray[np.float64], worth: NDArray[np.float64], seed: int, steps: int = STEPS
) -> tuple[NDArray[np.float64], float, NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return a network's linear weights, bias, hidden weights, shape (HIDDEN, features), hidden bias and output.

    `signs` are 1 for what is answered, else -1; `worth` sums up to 1.
    """
    features = x.shape[1]
    sizes = np.cumsum([features, 1, HIDDEN * features, HIDDEN])
    generator = np.random.default_rng(seed)
    start = np.concatenate(
        [np.zeros(features + 1), generator.normal(0, 0.3, HIDDEN * features), np.zeros(HIDDEN)]
        + [generator.normal(0, 0.3, HIDDEN)]
    )
    decay = np.full(len(start), DECAY)
    decay[features] = decay[sizes[2] : sizes[3]] = 0.0  # biases are free

    def loss(every: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weight, bias, flat, hidden_bias, out = np.split(every, sizes)
        inner = np.tanh(x @ flat.reshape(HIDDEN, features).T + hidden_bias)
        margins = signs * (x @ weight + bias[0] + inner @ out)
        slope = -worth * signs / (1 + np.exp(margins))
        back = np.outer(slope, out) * (1 - inner * inner)
        parts = [x.T @ slope, [slope.sum()], (back.T @ x).ravel(), back.sum(axis=0), inner.T @ slope]
        pull = decay * every
        return float(worth @ np.logaddexp(0.0, -margins) + every @ pull / 2), np.concatenate(parts) + pull

    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    weight, bias, flat, hidden_bias, out = np.split(best, sizes)
    return weight, float(bias[0]), flat.reshape(HIDDEN, features), hidden_bias, out
