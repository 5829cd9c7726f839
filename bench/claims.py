"""Labelled claims in, how often the checker is right out: `python -m bench.claims [--fit] [--test]`.

A claim is a sentence as a language model may write it, with the section that it cites. `--fit` writes the weights of
`qa/check/fitted.json` from the development claims alone; without `--test` their figures are those of five folds.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, open_embedder
from index.load import Document, Language, load
from qa.bridge import Bridge
from qa.category.taxonomy import Taxonomy
from qa.check.checker import ClaimChecker, Reading
from qa.check.judgement import Judgement, Source, Verdict
from qa.check.weigh import FEATURES, Weights

ROOT = Path(__file__).parent.parent
CLAIMS = ROOT / "bench" / "questions" / "claims"
FITTED = ROOT / "qa" / "check" / "fitted.json"
OUTPUT = ROOT / "bench" / "results" / "claims.md"
FOLDS = 5
SUPPORTED, PARTLY = 0.5, 0.25  # the probabilities from which a claim in which no rule finds fault is shown so
_PRIOR = 0.3  # variance of a weight beforehand
_DIRECTIONS = {"run_missing": -1, "share_missing": -1, "counts_missing": -1, "cross": 0}  # the others speak for a claim
_LEFT_TO_WEIGHTS = ("detail", "same", "other")  # kinds of false claims that no rule has to find


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim, what it cites, and whether that bears it out."""

    claim: str
    language: Language
    sources: tuple[Source, ...]
    is_true: bool
    kind: str

    @property
    def pair(self) -> str:
        """The languages of claim and source."""
        return f"{self.language} → {self.sources[0].language if self.sources else self.language}"


def read_claims(part: str, document: Callable[[str], Document]) -> list[Labelled]:
    """Return the claims of a part, "development" or "test"."""
    found = []
    for line in (CLAIMS / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sources = tuple(_source(document(cited["doc_id"]), cited["section_id"]) for cited in row["sources"])
        found.append(Labelled(row["claim"], row["language"], sources, row["label"] == "supported", row["kind"]))
    return found


def _source(document: Document, section_id: str) -> Source:
    section = next(section for section in document.sections if section.section_id == section_id)
    heading = " › ".join((document.title, *section.path))
    return Source(document.text[section.start : section.end], document.language, heading)


def fit(claims: Sequence[Labelled], readings: Sequence[Reading | None]) -> Weights:
    """Return weights from the claims in which no rule finds fault, each of the sign that it must have."""
    used = [
        (claim, reading)
        for claim, reading in zip(claims, readings, strict=True)
        if reading is not None and not reading.faults and (claim.is_true or claim.kind in _LEFT_TO_WEIGHTS)
    ]
    features = np.array([reading.features for _, reading in used])
    labels = np.array([claim.is_true for claim, _ in used])
    mean, scale = features.mean(0), features.std(0) + 1e-3
    scaled = (features - mean) / scale
    share = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))

    def loss(
        given: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    ) -> tuple[float, "np.ndarray[tuple[int], np.dtype[np.float64]]"]:
        raw = scaled @ given[:-1] + given[-1]
        wrong = share * (1 / (1 + np.exp(-raw)) - labels)
        total = (share * np.logaddexp(0, np.where(labels, -raw, raw))).sum() + (given[:-1] ** 2).sum() / (2 * _PRIOR)
        return float(total), np.append(scaled.T @ wrong + given[:-1] / _PRIOR, wrong.sum())

    bounds = [{1: (0, None), -1: (None, 0), 0: (None, None)}[_DIRECTIONS.get(name, 1)] for name in FEATURES]
    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    return Weights(mean, scale, found[:-1], float(found[-1]), SUPPORTED, PARTLY)


class Bench:
    """The checker as the product has it, and documents of the corpus by id."""

    def __init__(self) -> None:
        analyser, self._documents = Analyser.load(MODEL_FOLDER / "korean.tsv"), dict[str, Document]()
        taxonomy = Taxonomy.load(seeds.TAXONOMY)
        bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, taxonomy.korean_names())
        names = frozenset(name for method in taxonomy.methods.values() for name in (method.name, *method.aliases))
        self._parts = analyser, open_embedder(), bridge, names
        self._paths = {path.name.removesuffix(".md"): path for path in seeds.documents()}

    def checker(self, weights: Weights | None = None) -> ClaimChecker:
        """Return a checker with the fitted weights, or with others."""
        return ClaimChecker(*self._parts, weights)

    def document(self, doc_id: str) -> Document:
        """Return a document of the corpus."""
        if doc_id not in self._documents:
            self._documents[doc_id] = load(self._paths[doc_id])
        return self._documents[doc_id]

    def readings(self, claims: Iterable[Labelled]) -> list[Reading | None]:
        """Return each claim beside its sources; None without sources."""
        checker = self.checker(_neutral())
        return [
            checker.read(claim.claim, claim.language, checker.views(claim.sources)) if claim.sources else None
            for claim in claims
        ]

    def judged(self, claims: Sequence[Labelled], weights: Weights | None = None) -> list[Judgement]:
        """Return a judgement for each claim."""
        checker = self.checker(weights)
        return [checker.check(claim.claim, claim.language, claim.sources) for claim in claims]


def _neutral() -> Weights:
    zeros = np.zeros(len(FEATURES))
    return Weights(zeros, np.ones(len(FEATURES)), zeros, 0.0, SUPPORTED, PARTLY)


def in_folds(bench: Bench, claims: Sequence[Labelled]) -> list[Judgement]:
    """Return judgements by weights that were fitted without the claim's fold."""
    readings = bench.readings(claims)
    found: dict[int, Judgement] = {}
    for fold in range(FOLDS):
        rest = [at for at in range(len(claims)) if at % FOLDS != fold]
        weights = fit([claims[at] for at in rest], [readings[at] for at in rest])
        own = range(fold, len(claims), FOLDS)
        found |= dict(zip(own, bench.judged([claims[at] for at in own], weights), strict=True))
    return [found[at] for at in range(len(claims))]


def table(claims: Sequence[Labelled], judgements: Sequence[Judgement]) -> list[str]:
    """Return rows: all, by kind and by languages, with the share of each verdict."""
    groups: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for claim, judgement in zip(claims, judgements, strict=True):
        truth = "true" if claim.is_true else "false"
        for name in (f"**{truth}**", f"{truth}: {claim.kind}", f"{truth}, {claim.pair}"):
            groups[name][judgement.verdict] += 1
    lines = ["| claims | count | supported | partly | unsupported |", "|-|-|-|-|-|"]
    for name in sorted(groups, key=lambda name: (not name.startswith("**"), name)):
        count = groups[name]
        shares = " | ".join(
            f"{count[verdict] / count.total():.2f}" for verdict in ("supported", "partly", "unsupported")
        )
        lines.append(f"| {name} | {count.total()} | {shares} |")
    return lines


def summary(claims: Sequence[Labelled], judgements: Sequence[Judgement]) -> str:
    """Return precision and recall of "not shown as supported" and of "supported"."""
    true = [claim.is_true for claim in claims]
    plain = [judgement.verdict == "supported" for judgement in judgements]
    struck = [judgement.verdict == "unsupported" for judgement in judgements]
    caught = sum(not p for p, t in zip(plain, true, strict=True) if not t) / true.count(False)
    spared = sum(not s for s, t in zip(struck, true, strict=True) if t) / true.count(True)
    kept = sum(p for p, t in zip(plain, true, strict=True) if t) / true.count(True)
    precise = sum(t for p, t in zip(plain, true, strict=True) if p) / max(1, sum(plain))
    exact = sum(not t for s, t in zip(struck, true, strict=True) if s) / max(1, sum(struck))
    return (
        f"Of false claims {caught:.3f} are not shown as supported; of true ones {spared:.3f} are not struck and "
        f"{kept:.3f} shown as supported. Of what is shown as supported {precise:.3f} is true; of what is struck "
        f"{exact:.3f} is false."
    )


def milliseconds(bench: Bench, claims: Sequence[Labelled]) -> float:
    """Return the median time of checking an answer of six sentences that are new to the checker."""
    checker, times = bench.checker(), []
    for at in range(0, len(claims) - 5, 6):
        started = time.perf_counter()
        for claim in claims[at : at + 6]:
            checker.check(claim.claim, claim.language, claim.sources)
        times.append(1000 * (time.perf_counter() - started))
    return float(np.median(times))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit if asked to, measure, and write the report."""
    parser = argparse.ArgumentParser(prog="bench.claims", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="write the weights, from the development claims")
    parser.add_argument("--test", action="store_true", help="measure on the held-out claims too, in totals")
    options = parser.parse_args(arguments)
    bench = Bench()
    claims = read_claims("development", bench.document)
    if options.fit:
        weights = fit(claims, bench.readings(claims))
        stored = {name: getattr(weights, name).tolist() for name in ("mean", "scale", "weight")}
        stored |= {"bias": weights.bias, "supported": weights.supported, "partly": weights.partly}
        FITTED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    judgements = in_folds(bench, claims)
    lines = [
        "# The checking of claims",
        "",
        f"## Development: {len(claims)} claims, {FOLDS} folds (`python -m bench.claims`)",
    ]
    lines += ["", summary(claims, judgements), "", *table(claims, judgements)]
    if options.test:
        held_out = read_claims("test", bench.document)
        found = bench.judged(held_out)
        lines += ["", f"## Held out: {len(held_out)} claims about other sections (`python -m bench.claims --test`)"]
        lines += ["", summary(held_out, found), "", *table(held_out, found)]
    lines += [
        "",
        f"An answer of six sentences, each with a source that is new to the checker, is checked in "
        f"{milliseconds(bench, claims):.0f} ms (median).",
    ]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(line for line in lines if not line.startswith("|")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
