"""Labelled claims in, how often the checker is right out: `python -m bench.claims [--fit] [--test]`.

A claim is a sentence as a language model may write it, with the sections that it cites. `--fit` writes the weights of
`qa/check/fitted.json` from the development claims alone; the figures of these are those of five folds. `--test` adds
the held-out claims, in totals, and every sentence of the corpus beside its own section. Writes
`bench/results/claims.md`.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import seeds
from index.analyse import Analyser
from index.embed import MODEL_FOLDER, open_embedder
from index.load import Document, Language, load
from index.sentences import sentence_spans
from qa.category.taxonomy import Taxonomy
from qa.check.checker import ClaimChecker, Reading
from qa.check.judgement import Judgement, Source, Verdict
from qa.check.weigh import FEATURES, Weights, fitted_weights
from qa.evaluation.measure import milliseconds
from qa.words.bridge import Bridge

ROOT = Path(__file__).parent.parent
CLAIMS = ROOT / "bench" / "questions" / "claims"
FITTED = ROOT / "qa" / "check" / "fitted.json"
OUTPUT = ROOT / "bench" / "results" / "claims.md"
FOLDS = 5
SUPPORTED, PARTLY = 0.5, 0.2  # the probabilities from which a claim in which no rule finds fault is shown so
PRIOR = 0.3  # variance of a weight beforehand
ANSWER = 6  # sentences
_SIGNS = {"run_missing": -1, "share_missing": -1, "counts_missing": -1, "cross": 0}  # the others speak for a claim
_BOUNDS = {1: (0, None), -1: (None, 0), 0: (None, None)}
_LEFT_TO_WEIGHTS = ("detail", "same", "other")  # kinds of false claims that no rule has to find
_VERDICTS: tuple[Verdict, ...] = ("supported", "partly", "unsupported")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim, what it cites, and whether that bears it out."""

    claim: str
    language: Language
    sources: tuple[Source, ...]
    is_true: bool
    kind: str
    works: frozenset[str]  # that it is about

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
        works = frozenset(_work(cited["doc_id"]) for cited in row["sources"])
        found.append(Labelled(row["claim"], row["language"], sources, row["label"] == "supported", row["kind"], works))
    return found


def _source(document: Document, section_id: str) -> Source:
    section = document.section(section_id)
    if section is None:
        raise ValueError(f"{document.doc_id} has no section {section_id!r}, from which a claim is labelled")
    heading = " › ".join((document.title, *section.path))
    return Source(document.text[section.start : section.end], document.language, heading)


def _work(doc_id: str) -> str:
    return doc_id.rsplit(".", 1)[0]


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

    def loss(given: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raw = scaled @ given[:-1] + given[-1]
        wrong = share * (1 / (1 + np.exp(-raw)) - labels)
        total = (share * np.logaddexp(0, np.where(labels, -raw, raw))).sum() + (given[:-1] ** 2).sum() / (2 * PRIOR)
        return float(total), np.append(scaled.T @ wrong + given[:-1] / PRIOR, wrong.sum())

    bounds = [_BOUNDS[_SIGNS.get(name, 1)] for name in FEATURES]
    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    return Weights(mean, scale, found[:-1], float(found[-1]), SUPPORTED, PARTLY)


class Bench:
    """The checker as the product has it, and documents of the corpus by id; `paths` are where they lie."""

    def __init__(self) -> None:
        analyser, self._documents = Analyser.load(MODEL_FOLDER / "korean.tsv"), dict[str, Document]()
        taxonomy = Taxonomy.load(seeds.TAXONOMY)
        bridge = Bridge.load(seeds.GLOSSARY, MODEL_FOLDER, analyser, taxonomy.korean_names())
        names = frozenset(name for method in taxonomy.methods.values() for name in (method.name, *method.aliases))
        self._parts = analyser, open_embedder(), bridge, names
        self.paths = {path.name.removesuffix(".md"): path for path in seeds.documents()}

    def checker(self, weights: Weights | None = None) -> ClaimChecker:
        """Return a checker with the fitted weights, or with others."""
        return ClaimChecker(*self._parts, weights)

    def document(self, doc_id: str) -> Document:
        """Return a document of the corpus."""
        if doc_id not in self._documents:
            self._documents[doc_id] = load(self.paths[doc_id])
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


def summary(claims: Sequence[Labelled], judgements: Sequence[Judgement]) -> list[str]:
    """Return rows of recall and precision of "not shown as supported" and "shown as supported", by languages."""
    groups: defaultdict[str, list[tuple[bool, Verdict]]] = defaultdict(list)
    for claim, judgement in zip(claims, judgements, strict=True):
        for name in ("all", claim.pair):
            groups[name].append((claim.is_true, judgement.verdict))
    lines = [
        "| claim → source | false | not shown as supported: recall | precision | true | shown as supported: recall "
        "| precision | not struck |",
        "|-|-|-|-|-|-|-|-|",
    ]
    for name in sorted(groups):
        false, true = (Counter(found for is_true, found in groups[name] if is_true is kind) for kind in (False, True))
        caught, doubted = (count.total() - count["supported"] for count in (false, true))
        of_false = _share(caught, false.total()), _share(caught, caught + doubted)
        of_true = (
            _share(true["supported"], true.total()),
            _share(true["supported"], true["supported"] + false["supported"]),
            _share(true.total() - true["unsupported"], true.total()),
        )
        lines.append(f"| {name} | {false.total()} | {' | '.join(of_false)} | {true.total()} | {' | '.join(of_true)} |")
    return lines


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"


def by_kind(claims: Sequence[Labelled], judgements: Sequence[Judgement]) -> list[str]:
    """Return rows of the share of each verdict, by kind of claim."""
    groups: defaultdict[tuple[str, str], Counter[Verdict]] = defaultdict(Counter)
    for claim, judgement in zip(claims, judgements, strict=True):
        groups["true" if claim.is_true else "false", claim.kind][judgement.verdict] += 1
    lines = ["| kind | | count | supported | partly | unsupported |", "|-|-|-|-|-|-|"]
    for (truth, kind), count in sorted(groups.items()):
        shares = " | ".join(f"{count[verdict] / count.total():.2f}" for verdict in _VERDICTS)
        lines.append(f"| {kind} | {truth} | {count.total()} | {shares} |")
    return lines


def own_sentences(bench: Bench, doc_ids: Iterable[str], across: bool) -> Counter[Verdict]:
    """Judge each sentence beside its own section, without looking whether it is quoted; or beside its other edition."""
    checker, found = bench.checker(), Counter[Verdict]()
    for doc_id in doc_ids:
        document, other = bench.document(doc_id), bench.document(_other_edition(doc_id) if across else doc_id)
        there = {section.section_id for section in other.sections}
        for section in document.sections:
            if section.section_id not in there:
                continue
            views = checker.views([_source(other, section.section_id)])
            for text in _prose(document.text[section.start : section.end]):
                if any(view.statements for view in views):
                    found[checker.judge(checker.read(text, document.language, views)).verdict] += 1
    return found


def _other_edition(doc_id: str) -> str:
    work, language = doc_id.rsplit(".", 1)
    return f"{work}.{'en' if language == 'ko' else 'ko'}"


def _prose(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        if not text.startswith("|", start):
            yield " ".join(text[start:end].split())


def times(bench: Bench, claims: Sequence[Labelled]) -> tuple[list[float], list[float]]:
    """Return processor times in milliseconds of checking answers of six sentences: sources new, and seen before."""
    checker = bench.checker()
    new: list[float] = []
    seen: list[float] = []
    unseen = list({claim.sources: claim for claim in claims if claim.sources}.values())
    for at in range(0, len(unseen) - ANSWER + 1, ANSWER):
        for taken in (new, seen):
            started = time.process_time()
            for claim in unseen[at : at + ANSWER]:
                checker.check(claim.claim, claim.language, claim.sources)
            taken.append(1000 * (time.process_time() - started))
    return new, seen


def report(bench: Bench, test: bool) -> list[str]:
    """Return the report's lines."""
    claims = read_claims("development", bench.document)
    lines = [_HEAD, "", f"## Development: {len(claims)} claims, {FOLDS} folds", ""]
    judgements = in_folds(bench, claims)
    lines += [*summary(claims, judgements), "", *by_kind(claims, judgements), ""]
    if test:
        held_out = read_claims("test", bench.document)
        found = bench.judged(held_out)
        lines += [f"## Held out: {len(held_out)} claims about other sections", ""]
        lines += [*summary(held_out, found), "", *by_kind(held_out, found), "", *_corpus(bench, claims), ""]
    new, seen = (milliseconds(taken) for taken in times(bench, claims))
    return [
        *lines,
        "## Time",
        "",
        f"An answer of {ANSWER} sentences, each with a section of its own, takes {new[0]:.0f} ms (median; 95th "
        f"percentile {new[1]:.0f} ms); with sections that were cited before {seen[0]:.0f} ms ({seen[1]:.0f} ms).",
    ]


_HEAD = """# The checking of claims

Made by `python -m bench.claims --fit --test`; times are processor time of one core. What the claims are:
[claims](../questions/claims/README.md). A claim is shown as supported, as partly supported, or it is struck."""


def _corpus(bench: Bench, tuned_on: Sequence[Labelled]) -> list[str]:
    """Return rows on the sentences of the corpus."""
    lines = [
        "## Sentences of the corpus beside their own section",
        "",
        "Judged as any claim, without looking whether a sentence is quoted (a quoted one is always supported). Nothing "
        "was tuned on the other documents.",
        "",
        "| documents | beside | sentences | supported | partly | unsupported |",
        "|-|-|-|-|-|-|",
    ]
    tuned = {work for claim in tuned_on for work in claim.works}
    for name, inside in (("of development claims", True), ("others", False)):
        doc_ids = [doc_id for doc_id in bench.paths if (_work(doc_id) in tuned) is inside]
        for beside, across in (("itself", False), ("the other language", True)):
            found = own_sentences(bench, doc_ids, across)
            shares = " | ".join(f"{found[verdict] / found.total():.3f}" for verdict in _VERDICTS)
            lines.append(f"| {name} | {beside} | {found.total()} | {shares} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit if asked to, measure, and write the report."""
    parser = argparse.ArgumentParser(prog="bench.claims", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="write the weights, from the development claims")
    parser.add_argument("--test", action="store_true", help="measure on the held-out claims and the corpus too")
    options = parser.parse_args(arguments)
    bench = Bench()
    if options.fit:
        claims = read_claims("development", bench.document)
        FITTED.write_text(_stored(fit(claims, bench.readings(claims))), encoding="utf-8")
        fitted_weights.cache_clear()
    text = "\n".join(report(bench, options.test)) + "\n"
    OUTPUT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _stored(weights: Weights) -> str:
    """Return what `fitted_weights` reads: rounded, so that it is the same wherever it is fitted."""
    lists = {name: [round(float(value), 4) for value in getattr(weights, name)] for name in ("mean", "scale", "weight")}
    rest = {"bias": round(weights.bias, 4), "supported": weights.supported, "partly": weights.partly}
    rows = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in (lists | rest).items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
