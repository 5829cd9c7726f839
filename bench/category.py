"""Measure and fit the category finder: `python -m bench.category [--fit] [--loo] [--errors]`.

Development sets lie in `bench/questions/category/`. Of the unfiled and the non-methods, every other line ("tuned") is
used by `--fit`, the rest ("held out") only reported. `--loo` predicts each filed method with all that is known of it
left out, and draws `bench/results/category_reliability.svg`.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

import seeds
from bench.reliability import calibration_error, reliability_svg
from qa import open_library
from qa.ask import Assistant
from qa.category.categorise import CategoryAnswer, CategoryFinder
from qa.category.intent import topic_of
from qa.category.predict import FEATURES, FITTED, GATE_FEATURES, Predictor
from qa.category.taxonomy import Method, Taxonomy

FOLDER = Path(__file__).parent / "questions" / "category"
PICTURE = Path(__file__).parent / "results/category_reliability.svg"
RIDGE = 0.02
DESCRIPTION_WEIGHT = 4.0
REFUSED_GOAL = 0.97


@dataclass(frozen=True, slots=True)
class Case:
    """What a prediction was made from, and the leaves that are right; `group` names the set."""

    text: str
    gold: frozenset[str]
    group: str
    features: NDArray[np.float64]
    gate: NDArray[np.float64]


def main() -> int:
    """Fit where asked, then measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.category", description=__doc__)
    parser.add_argument("--fit", action="store_true", help=f"fit and write {FITTED.name}")
    parser.add_argument("--loo", action="store_true", help="leave-one-out over the filed methods")
    parser.add_argument("--errors", action="store_true", help="print every question that went wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_library(folder + "/library") as assistant:
        taxonomy = Taxonomy.load(seeds.TAXONOMY)
        if options.fit or options.loo:
            predictor = finder_for(assistant, taxonomy).predictor
            cases = [*filed_cases(predictor, taxonomy, assistant), *described_cases(predictor)]
            if options.fit:
                FITTED.write_text(json.dumps(fit(predictor, taxonomy, cases), indent=1) + "\n", encoding="utf-8")
            if options.loo:
                sys.stdout.write(leave_one_out(predictor, taxonomy, cases))
        sys.stdout.write(report(finder_for(assistant, taxonomy), options.errors))
    return 0


def finder_for(assistant: Assistant, taxonomy: Taxonomy) -> CategoryFinder:
    """Return the finder of an open Library."""
    library, store = assistant.library, assistant.library.store
    return CategoryFinder(taxonomy, library.analyser, library.embedder, assistant.bridge, store.document, store.edition)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the lines of a development set."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def filed_cases(predictor: Predictor, taxonomy: Taxonomy, assistant: Assistant) -> list[Case]:
    """Return a case for each filed method's title and, where the notes describe it, its title with the description."""
    notes = finder_for(assistant, taxonomy).notes
    cases = []
    for method in taxonomy.methods.values():
        gold = frozenset(path[-1] for path in method.paths)
        texts = [("title", method.title)]
        told = notes.telling(method.method_id, "en")
        if told:
            texts.append(("title and description", f"{method.title}. {told.quote}"))
        for group, text in texts:
            cases.append(Case(text, gold, group, *predictor.features(text, without=method.method_id)))
    return cases


def described_cases(predictor: Predictor) -> list[Case]:
    """Return a case for each description of an unfiled method and each non-method."""
    cases = []
    for at, row in enumerate(rows("unfiled")):
        text = topic_of(row["question"])
        cases.append(Case(text, frozenset({row["leaf"]}), _half("unfiled", at), *predictor.features(text)))
    for at, row in enumerate(rows("non_methods")):
        text = topic_of(row["question"])
        cases.append(Case(text, frozenset(), _half("non-method", at), *predictor.features(text)))
    return cases


def fit(predictor: Predictor, taxonomy: Taxonomy, cases: Sequence[Case]) -> dict[str, object]:
    """Return the fitted parameters. Held-out cases take no part."""
    used = [case for case in cases if "held out" not in case.group]
    weights = fit_weights(predictor, taxonomy, [case for case in used if case.gold])
    gate = np.array([case.gate for case in used])
    right = np.array([bool(case.gold) for case in used])
    mean, scale = gate.mean(axis=0), np.maximum(gate.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=1000)
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    standard = (gate - mean) / scale
    chances: NDArray[np.float64] = cross_val_predict(model, standard, right, cv=folds, method="predict_proba")[:, 1]
    relevant_from = float(np.clip(np.quantile(chances[~right], REFUSED_GOAL), 0.3, 0.6))
    sys.stderr.write(f"gate: at {relevant_from:.3f} refuses {np.mean(chances[~right] < relevant_from):.3f}, ")
    sys.stderr.write(f"wrongly refuses {np.mean(chances[right] < relevant_from):.3f} (10 folds)\n")
    model.fit(standard, right)
    named = {
        "weights": dict(zip(GATE_FEATURES, model.coef_[0].round(4).tolist(), strict=True)),
        "mean": dict(zip(GATE_FEATURES, mean.round(5).tolist(), strict=True)),
        "scale": dict(zip(GATE_FEATURES, scale.round(5).tolist(), strict=True)),
        "bias": round(float(model.intercept_[0]), 4),
    }
    return {
        "weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)),
        "gate": named,
        "relevant_from": round(relevant_from, 3),
        "asserted_from": 0.5,
    }


def fit_weights(predictor: Predictor, taxonomy: Taxonomy, cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return the weights of a conditional logit over the leaves; a right family counts as much as a right leaf."""
    families = np.array([taxonomy.path(leaf)[0] for leaf in predictor.leaves])
    matrix = np.stack([case.features for case in cases])
    leaf = np.array([[of in case.gold for of in predictor.leaves] for case in cases])
    family = np.array([[of in {taxonomy.path(g)[0] for g in case.gold} for of in families] for case in cases])
    worth = np.array([DESCRIPTION_WEIGHT if case.group.startswith("unfiled") else 1.0 for case in cases])
    worth /= worth.sum()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        total = RIDGE * float(weights @ weights) / 100
        slope = RIDGE * 2 * weights / 100
        for right in (leaf, family):
            inside = shares * right
            mass = inside.sum(axis=1, keepdims=True) + 1e-12
            total -= float(worth @ np.log(mass[:, 0]))
            slope = slope - np.einsum("i,ij,ijk->k", worth, inside / mass - shares, matrix)
        return total, slope

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def leave_one_out(predictor: Predictor, taxonomy: Taxonomy, cases: Sequence[Case]) -> str:
    """Return the figures by group, with weights fitted in ten folds on the other methods, and draw the picture."""
    head = "| predicted from | n | family right | leaf right | leaf in top 3 | expected calibration error |"
    lines = [head, "|-|-|-|-|-|-|"]
    curves: dict[str, tuple[list[float], list[bool]]] = {}
    for group in ("title", "title and description"):
        own = [case for case in cases if case.group == group]
        results = []
        for fold in range(10):
            trained = [case for case in cases if case.gold and "held out" not in case.group]
            tested = [case for at, case in enumerate(own) if at % 10 == fold]
            texts = {case.text.split(". ")[0] for case in tested}
            trained = [case for case in trained if case.text.split(". ")[0] not in texts]
            weights = fit_weights(predictor, taxonomy, trained)
            results += [_outcome(predictor, taxonomy, case, weights) for case in tested]
        chances, right, leaf, top3 = (list(column) for column in zip(*results, strict=True))
        curves[group] = (chances, right)
        figures = (np.mean(right), np.mean(leaf), np.mean(top3), calibration_error(chances, right))
        lines.append(f"| {group} | {len(own)} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    PICTURE.write_text(reliability_svg(curves), encoding="utf-8")
    return "\n".join(lines) + f"\nreliability picture: {PICTURE}\n\n"


def _outcome(
    predictor: Predictor, taxonomy: Taxonomy, case: Case, weights: NDArray[np.float64]
) -> tuple[float, bool, bool, bool]:
    """Return the top family's probability and whether it, the top leaf and one of three leaves are right."""
    scores = case.features @ weights
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    families = [taxonomy.path(leaf)[0] for leaf in predictor.leaves]
    sums = {name: sum(float(s) for s, f in zip(shares, families, strict=True) if f == name) for name in families}
    top = max(sums, key=lambda name: sums[name])
    order = [predictor.leaves[at] for at in np.argsort(-shares)]
    right = top in {taxonomy.path(gold)[0] for gold in case.gold}
    return sums[top], right, order[0] in case.gold, bool(set(order[:3]) & case.gold)


def report(finder: CategoryFinder, errors: bool) -> str:
    """Ask every question of the development sets and return the figures."""
    finder.answer("SPIN?")
    times: list[float] = []
    lines = ["| set | n | right | leaf in top 3 |", "|-|-|-|-|"]
    known = rows("known")
    lines.append(_line("known names", known, [_known_right(_ask(finder, row, times), row) for row in known], errors))
    for half in ("tuned", "held out"):
        unfiled = [row for at, row in enumerate(rows("unfiled")) if half in _half("", at)]
        answers = [_ask(finder, row, times) for row in unfiled]
        right = [_family_right(answer, row) for answer, row in zip(answers, unfiled, strict=True)]
        listed = [[predicted.path[-1] for predicted in answer.predicted] for answer in answers]
        top3 = [row["leaf"] in leaves for leaves, row in zip(listed, unfiled, strict=True)]
        lines.append(_line(f"unfiled, {half}: family", unfiled, right, errors) + f" {np.mean(top3):.3f} |")
        refused = [row for at, row in enumerate(rows("non_methods")) if half in _half("", at)]
        kept_out = [not (a := _ask(finder, row, times)).predicted and a.method is None for row in refused]
        lines.append(_line(f"non-methods refused, {half}", refused, kept_out, errors))
    return "\n".join(lines) + f"\n\nmedian {statistics.median(times):.1f} ms, 95% {np.quantile(times, 0.95):.1f} ms\n"


def _line(name: str, asked: Sequence[dict[str, Any]], right: Sequence[bool], errors: bool) -> str:
    wrong = [row for row, good in zip(asked, right, strict=True) if errors and not good]
    sys.stderr.write("".join(f"    {row['id']} {row['question']}\n" for row in wrong))
    return f"| {name} | {len(asked)} | {np.mean(right):.3f} |"


def _ask(finder: CategoryFinder, row: dict[str, Any], times: list[float]) -> CategoryAnswer:
    started = time.perf_counter()
    answer = finder.answer(row["question"])
    times.append(1000 * (time.perf_counter() - started))
    return answer


def _known_right(answer: CategoryAnswer, row: dict[str, Any]) -> bool:
    """Whether the method is found, or the candidates listed, or nothing where nothing is named."""
    if not row["gold"]:
        return answer.method is None and not answer.candidates
    found: Callable[[Sequence[Method]], list[str]] = lambda methods: [method.method_id for method in methods]  # noqa: E731
    if len(row["gold"]) > 1:
        return set(found(answer.candidates)) == set(row["gold"])
    return answer.method is not None and found([answer.method]) == row["gold"]


def _family_right(answer: CategoryAnswer, row: dict[str, Any]) -> bool:
    return bool(answer.predicted) and answer.family in {row["family"], *row.get("also", ())}


def _half(name: str, at: int) -> str:
    return f"{name}, {'held out' if at % 2 else 'tuned'}"


if __name__ == "__main__":
    sys.exit(main())
