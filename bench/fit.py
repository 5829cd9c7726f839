"""Fit the reranker and the models of support: `python -m bench.fit NAME=FOLDER … [--leave-out NAME]`.

Writes `qa/fitted.json`; its fusion weights are chosen by hand from the grid of `bench.ablation`. NAME=FOLDER are other
corpora (`bench/questions/transfer/README.md`). All is fitted on the development questions and, as much, on the plain
ones and on each other corpus: the bundled embedder has learned from the shipped corpus, so that only the others show
what its vectors are worth elsewhere. Without any, nothing would teach what support looks like where no known questions
are: at least one must be given. With `--leave-out`, a corpus is only reported, and nothing is written; those that are
LATER are only reported always.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.corpora import (
    DEVELOPMENT,
    LATER,
    NEAR,
    OF_SHIPPED,
    PLAIN,
    UNASKED,
    Corpus,
    Place,
    named_folders,
    open_corpora,
)
from bench.models import Row, fit_replies, fit_support, say
from bench.needs import fit_needs
from bench.training import Case, all_unasked, case, cases, renamed, unasked, without_answer
from qa.reading.read import ExtractiveReader
from qa.retrieval.attribute import AttributeReader, Needs
from qa.retrieval.rerank import by_kind
from qa.retrieval.signals import SIGNALS
from qa.retrieval.support import FEATURES, SupportModel, fitted_replies

OUT = Path("qa/fitted.json")
RIDGE = 3e-3
MIN_OPEN = 30  # questions that nothing answers: a corpus with fewer teaches only the reranker, and no refusing
FURTHER = 0.5  # how much another corpus counts in the reranker beside the development or the plain questions


def main() -> int:
    """Fit, say what was found, and write it."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=__doc__)
    parser.add_argument("corpora", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--leave-out", default="")
    options = parser.parse_args()
    left_out = LATER | {options.leave_out}
    stored = json.loads(OUT.read_text(encoding="utf-8"))
    with open_corpora(named_folders(options.corpora)) as corpora:
        asked = {corpus.name: cases(corpus) for corpus in corpora}
        fitted = {name: found for name, found in asked.items() if name not in left_out | {NEAR}}
        weights = fit_rerank(fitted)
        for name, found in asked.items():
            say(f"rerank: {name} {first_right(found, weights):.3f} right first, of {len(found)}")
        for name, some in zip(("rerank", "rerank_asked"), np.split(weights, 2), strict=True):
            stored[name] = dict(zip(SIGNALS, some.round(4).tolist(), strict=True))
        stored["needs"] = fit_needs(corpora[0].assistant)
        refusing = [corpus for corpus in corpora if sum(not one.gold for one in corpus.questions) >= MIN_OPEN]
        of_passages = [corpus for corpus in refusing if corpus.name != NEAR]
        support = [row for corpus in of_passages for row in support_rows(corpus, asked[corpus.name], weights)]
        stored["support"] = fit_support("support", FEATURES, support, left_out)
        model = SupportModel.from_stored(stored["support"])
        needs = Needs.from_stored(stored["needs"])
        answers = [row for corpus in refusing for row in answer_rows(corpus, asked[corpus.name], weights, model, needs)]
        stored["answers"] = fit_replies(answers, left_out)
    if not options.leave_out:
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


def fit_rerank(asked: dict[str, list[Case]]) -> NDArray[np.float64]:
    """Return the reranker's weights: of hits without known questions, then of the others.

    Development cases come twice: as they are, and with some works as if these were papers that a user added.
    """
    chooser = np.random.default_rng(0)
    groups = []
    for name, found in asked.items():
        shown = list(found)
        if name == DEVELOPMENT:
            shown += [unasked(one, _some_works(one, chooser)) for one in found]
        worth = 1.0 if name in OF_SHIPPED else FURTHER
        groups.append(([(by_kind(one.signals), one.right) for one in shown], worth))
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
    """Yield every question as asked, without the work that answers it, and with another name in it.

    Each comes with its number; near and plain questions come as they are, and both of a near pair have the pair's.
    """
    if corpus.name in (NEAR, PLAIN):
        pair = 2 if corpus.name == NEAR else 1
        yield from ((number // pair, one, True) for number, one in enumerate(found))
        return
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
    corpus: Corpus, found: Sequence[Case], weights: NDArray[np.float64], model: SupportModel, needs: Needs
) -> Iterator[Row]:
    """Yield a row for what would be answered, and for the shipped corpus one as if it had no known questions."""
    assistant, library = corpus.assistant, corpus.assistant.library
    support = assistant.support
    support.attributes = AttributeReader(support.inspector, library.embedder, assistant.asked, needs)
    reader = ExtractiveReader(
        library.analyser,
        library.embedder,
        support,
        model,
        fitted_replies(),
        library.store.document,
        library.store.edition,
        assistant.asked.are_counted,
    )
    documents = {card.doc_id: card for card in assistant.documents()}
    for number, one, plain in variants(corpus, found):
        shown = [(corpus.name, one)]
        if corpus.name in (DEVELOPMENT, PLAIN):
            shown.append((UNASKED, all_unasked(one)))
        for group, asked in shown:
            run = asked.ranked(weights)
            proposal = reader.propose(replace(run, hits=run.hits[:20]))
            if proposal is None:
                continue
            places: set[Place] = set()
            for candidate in proposal.chosen:
                card = documents[candidate.evidence.doc_id]
                places |= {(card.work, candidate.evidence.section_id), (Path(card.source).stem,)}
            right = bool(places & asked.asked.gold)
            if right or not asked.asked.gold:
                yield Row(group, number, proposal.features, right, plain)


if __name__ == "__main__":
    sys.exit(main())
