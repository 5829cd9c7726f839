"""What each part of retrieval earns: `python -m bench.ablation [NAME=FOLDER …] > bench/results/ablation.md`.

Every part alone and together, every fusion tried, further ideas, and the reranker without each group of its signals,
per corpus and language pair: on the development questions and on further corpora
(`bench/questions/transfer/README.md`). Scores of all passages are made once; each variant only adds them up anew.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.corpora import DEVELOPMENT, NEAR, OF_SHIPPED, PLAIN, Corpus, named_folders, open_corpora
from bench.fit import fit_rerank
from bench.fusion import (
    BIGRAM_WEIGHTS,
    CONSTANTS,
    FIELDS,
    FOLDS,
    LEAST_PIVOT,
    PIVOT_SHARE,
    PIVOTS,
    RANK_CONSTANT,
    Cell,
    Column,
    Ranks,
    Scores,
    best_weights,
    cells_of,
    comb_mnz,
    first,
    learned,
    mean_reciprocal_rank,
    min_max,
    partial_bridges,
    place_of,
    reciprocal,
    reciprocal_rank_fusion,
    shipped,
    weighted_sum,
)
from bench.training import Case, all_unasked, case
from index.segments.segment import PATH_WEIGHT, TITLE_WEIGHT
from index.segments.terms import K1, B
from qa.evaluation.measure import Difference, difference, estimate
from qa.retrieval.rerank import by_kind, fitted_rerank, with_other_editions
from qa.retrieval.retrieve import CANDIDATES
from qa.retrieval.signals import LIKENESS, OF_UNASKED, SIGNALS

Asked = Mapping[str, Mapping[int, Case]]  # by corpus, then by the question's number there
Weights = NDArray[np.float64]  # of the reranker
Row = list[Ranks | None]  # by column; None: does not apply
Rows = dict[str, Row]
Paired = tuple[Column, Ranks | None, Ranks | None]  # ranks of the same questions by two variants
Values = Callable[[Ranks], NDArray[np.float64]]

NOT_FOUND = 1_000_000  # a rank beyond every cutoff
SIGNIFICANT = 0.05
LEAST_P = 0.001  # that is told apart
SHIPPED = "weighted sum (shipped)"
GROUPS: dict[str, tuple[str, ...]] = {
    "coverage": ("soft_coverage", "steady_coverage"),
    "best sentence and figures": OF_UNASKED,
    "bigrams": ("bigram_coverage",),
    "sentences": ("steady_coverage", "sentence_cosine", "opens_with_unit", "defines"),
    "headings and title": ("heading_coverage", "heading_precision", "path_coverage", "title_coverage"),
    "cues": ("cue", "defines", "about_others", "survey"),
    "relative scores": ("fused", "words", "cosine"),
    "work": ("work",),
    "cross": ("cross",),
    "likeness": LIKENESS,
}
INTRODUCTION = f"""# What each part of retrieval earns

Made by `python -m bench.ablation NAME=FOLDER …`. A column is a corpus, the language of the question → that of the
passages, and how many questions have an answer there. A cell is MRR@10 / success@1 of the first right section (in
FastAPI and Pro Git: document) among the passages of that language; equal scores count against it. The other rows of a
table are compared with the one in bold, whose MRR@10 has its 95% bootstrap interval: ↓ and ↑ mark p < {SIGNIFICANT} of
a paired randomisation test of MRR@10, not corrected for the many cells. The last columns are differences over all
questions of a side, with interval and p. Shipped weights were chosen on these questions, those "held out" were not.

Judge by the further corpora wherever vectors or known questions take part: the embedder learned from the shipped
corpus's known questions beside their sections (`train/questions.py`), so the development columns say how the product
does on its own documents, and "without known questions" there takes only the likeness signals away.
"""
ALONE = "Words are BM25 through a bridge; without one they are the question's own."
TOGETHER = """Words and vectors, standardised, added with the shipped weights, and character bigrams beside them, which
are not shipped. Below: what the Retriever makes of words and vectors with the work's other edition; then the shipped
reranker, without known questions and with them."""
FUSIONS = f"""Of words and vectors; of bigrams, too, where all weights are 1, in CombMNZ and where the grid finds them.
Reciprocal ranks: k = {RANK_CONSTANT}. CombMNZ: the {CANDIDATES} best of each part. Grid: the weights with the best
MRR@10 on the same pair in other corpora. Softmax: weights learned there, and for development questions in the other of
{FOLDS} folds."""
IDEAS = f"""Pivot: words of a word's own language that its translations in the learned table lead back to, the
{PIVOTS} best, weight {PIVOT_SHARE:g} × Σ there × back ≥ {LEAST_PIVOT:g}. Headings, title: how often a word there counts
beside one of the text; shipped {PATH_WEIGHT:g} and {TITLE_WEIGHT:g}. BM25: shipped k1 = {K1:g}, b = {B:g}."""
RERANKER = f"""Weights fitted anew in {FOLDS} folds of all corpora, each question ranked by weights that did not see it;
hits of both languages together. ↓, ↑ and the last two columns are of success@1."""


def main() -> int:
    """Print all tables."""
    with open_corpora(named_folders(sys.argv[1:])) as found:
        corpora = [corpus for corpus in found if corpus.name != NEAR]
        bridges = partial_bridges(corpora[0].assistant.library.analyser)
        cells = [cell for corpus in corpora if corpus.name != PLAIN for cell in cells_of(corpus, bridges)]
        asked = {corpus.name: answerable(corpus) for corpus in corpora}
        sys.stdout.write(INTRODUCTION)
        for text in (*part_tables(cells, asked), fusion_table(cells), *idea_tables(cells), rerank_table(asked)):
            sys.stdout.write("\n" + text)
    return 0


def answerable(corpus: Corpus) -> dict[int, Case]:
    """Ask all questions of a corpus that have an answer, by number."""
    return {at: case(corpus.assistant, asked) for at, asked in enumerate(corpus.questions) if asked.gold}


def part_tables(cells: Sequence[Cell], asked: Asked) -> Iterator[str]:
    """Yield the tables of parts alone and of parts together."""
    names = {
        "words, no bridge": "no bridge",
        "words, glossary only": "glossary",
        "words, learned table only": "table",
        "words, both": "words",
        "character bigrams": "bigrams",
        "vectors": "cosine",
    }
    alone: Rows = {name: [cell.ranks(cell.scores[part]) for cell in cells] for name, part in names.items()}
    yield table("Parts alone", ALONE, _columns(cells), alone, "words, both")
    bridges = {"both, no bridge": "no bridge", "… glossary only": "glossary", "… learned table only": "table"}
    rows: Rows = {
        f"both + bigrams × {weight:g}": [
            cell.ranks(weighted_sum(cell.parts(), np.add(shipped(cell), (0, weight, 0)))) for cell in cells
        ]
        for weight in BIGRAM_WEIGHTS[1:4]
    }
    for name, words in {**bridges, "both": "words"}.items():
        rows[name] = [cell.ranks(weighted_sum(cell.parts(words), shipped(cell))) for cell in cells]
    weights = np.array(fitted_rerank())
    unasked = {name: {at: all_unasked(one) for at, one in found.items()} for name, found in asked.items()}
    rows["… + the other edition"] = [run_ranks(cell, asked, None) for cell in cells]
    rows["… + the reranker"] = [run_ranks(cell, unasked, weights) for cell in cells]
    rows["… + known questions"] = [
        run_ranks(cell, asked, weights) if cell.corpus == DEVELOPMENT else None for cell in cells
    ]
    yield table("Together", TOGETHER, _columns(cells), rows, "both")


def fusion_table(cells: Sequence[Cell]) -> str:
    """Return the table of every fusion of the three parts, and what the grid finds."""
    fused: dict[str, Callable[[Cell], Scores]] = {
        SHIPPED: lambda cell: weighted_sum(cell.parts(), shipped(cell)),
        "sum, all weights 1": lambda cell: weighted_sum(cell.parts(), (1, 1, 1)),
        "reciprocal ranks, all weights 1": lambda cell: reciprocal_rank_fusion(cell.parts(), (1, 1, 1)),
        "reciprocal ranks, shipped weights": lambda cell: reciprocal_rank_fusion(cell.parts(), shipped(cell)),
        "min-max, shipped weights": lambda cell: weighted_sum(min_max(cell.parts()), shipped(cell)),
        "CombMNZ": lambda cell: comb_mnz(cell.parts()),
    }

    def others(cell: Cell) -> list[Cell]:
        return [other for other in cells if other.pair == cell.pair and other is not cell]

    rows: Rows = {name: [cell.ranks(fuse(cell)) for cell in cells] for name, fuse in fused.items()}
    rows["weighted sum by the grid, held out"] = [
        cell.ranks(weighted_sum(cell.parts(), best_weights(others(cell)))) if others(cell) else None for cell in cells
    ]
    rows["weighted sum by softmax, held out"] = [cell.ranks(learned(cell, others(cell))) for cell in cells]
    return table("Fusions", FUSIONS, _columns(cells), rows, SHIPPED) + "\n" + grid(cells)


def grid(cells: Sequence[Cell]) -> str:
    """Return what the grid finds for each language pair beside what is shipped."""
    lines = ["The grid: weights of bigrams / vectors beside words = 1, by the mean over corpora of MRR@10.\n"]
    lines += ["| pair | best | its MRR@10 | shipped | its MRR@10 |", "|-|-|-|-|-|"]
    for pair in dict.fromkeys(cell.pair for cell in cells):
        same = [cell for cell in cells if cell.pair == pair]
        found = [
            f"{mix[1]:g} / {mix[2]:g} | {mean_reciprocal_rank(same, mix):.3f}"
            for mix in (best_weights(same), shipped(same[0]))
        ]
        lines.append(f"| {pair.replace('-', '→')} | {' | '.join(found)} |")
    return "\n".join(lines) + "\n"


def idea_tables(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield what further ideas do to the words alone and to the weighted sum."""
    ideas = {"shipped": ("words", "bigrams"), "pivot expansion": ("pivot", "bigrams")}
    ideas |= {f"headings × {h:g}, title × {t:g}": (f"words {h} {t}", "bigrams") for h, t in FIELDS}
    ideas |= {f"BM25 k1 = {k1:g}, b = {b:g}": (f"words {k1} {b}", f"bigrams {k1} {b}") for k1, b in CONSTANTS}
    alone: Rows = {name: [cell.ranks(cell.scores[words]) for cell in cells] for name, (words, _) in ideas.items()}
    yield table("Further ideas: words alone", IDEAS, _columns(cells), alone, "shipped")
    fused: Rows = {
        name: [cell.ranks(weighted_sum(cell.parts(*parts), shipped(cell))) for cell in cells]
        for name, parts in ideas.items()
    }
    yield table("Further ideas: words and vectors", "The same in the weighted sum.", _columns(cells), fused, "shipped")


def run_ranks(cell: Cell, asked: Asked, weights: Weights | None) -> Ranks:
    """Return ranks among the hits in the cell's language of passages, as retrieved, or reranked with `weights`."""
    found = [asked[cell.corpus][number] for number in cell.numbers.tolist()]
    return np.array([case_rank(one, weights, cell.pair.split("-")[1]) for one in found])


def case_rank(one: Case, weights: Weights | None, language: str | None = None) -> int:
    """Return the rank of the first right place among the hits, of one language of passages or of both."""
    hits = one.run.hits
    if weights is not None:  # in the order of Case.ranked, whose hits are copies
        order = np.argsort(-with_other_editions(hits, by_kind(one.signals) @ weights), kind="stable")
        hits = tuple(hits[at] for at in order)
    found = [hit.passage for hit in hits if language in (None, hit.passage.language)]
    places = dict.fromkeys(place_of(passage, by_section=one.asked.by_section) for passage in found)
    return next((rank for rank, place in enumerate(places, start=1) if place in one.asked.gold), NOT_FOUND)


def rerank_table(asked: Asked) -> str:
    """Return what the reranker loses without each group of its signals, fitted anew in folds."""
    rows: Rows = {}
    for group, names in {"all signals": (), **{f"without {name}": names for name, names in GROUPS.items()}}.items():
        kept = np.array([name not in names for name in SIGNALS], float)
        left = {c: {at: replace(o, signals=o.signals * kept) for at, o in found.items()} for c, found in asked.items()}
        weights = [
            fit_rerank({c: [o for at, o in found.items() if at % FOLDS != fold] for c, found in left.items()})
            for fold in range(FOLDS)
        ]
        rows[group] = [
            np.array([case_rank(one, weights[at % FOLDS]) for at, one in found.items()])
            for column, found in _reranked(left)
        ]
    columns = [column for column, _ in _reranked(asked)]
    return table("The reranker without some signals", RERANKER, columns, rows, "all signals", first)


def _reranked(asked: Asked) -> Iterator[tuple[Column, Mapping[int, Case]]]:
    """Yield the corpora, those on the shipped one first with known questions, and all without."""
    for name, found in asked.items():
        numbers = np.array(list(found))
        if name in OF_SHIPPED:
            yield Column(name, "with known questions", numbers), found
        yield Column(name, "", numbers), {at: all_unasked(one) for at, one in found.items()}


def _columns(cells: Sequence[Cell]) -> list[Column]:
    return [Column(cell.corpus, cell.pair.replace("-", "→"), cell.numbers) for cell in cells]


def table(title: str, legend: str, columns: Sequence[Column], rows: Rows, base: str, of: Values = reciprocal) -> str:
    """Return ranks as a Markdown table, each row compared by `of` with the row `base`."""
    heads = [" ".join(f"{column.corpus} {column.label} ({len(column.numbers)})".split()) for column in columns]
    heads += ["all of the shipped corpus", "all of further corpora"]
    lines = [f"## {title}\n", legend, "", f"| | {' | '.join(heads)} |", "|-" * (len(heads) + 1) + "|"]
    for name, row in rows.items():
        if name == base:
            lines.append(f"| **{name}** | {' | '.join(_figures(one, interval=True) for one in row)} | | |")
            continue
        pairs = list(zip(columns, rows[base], row, strict=True))
        cells = [_figures(pair[2]) + _mark(pair, of) for pair in pairs]
        for own in (True, False):
            cells.append(_overall(compare([pair for pair in pairs if (pair[0].corpus in OF_SHIPPED) == own], of)))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def compare(pairs: Sequence[Paired], of: Values) -> Difference:
    """Return how much better the second ranks are than the first where both are, each question counting once."""
    values: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for column, one, two in pairs:
        if one is not None and two is not None:
            for number, pair in zip(column.numbers.tolist(), zip(of(one), of(two), strict=True), strict=True):
                values.setdefault((column.corpus, number), []).append(pair)
    means = [np.mean(pairs, axis=0).tolist() for pairs in values.values()]
    return difference([a for a, _ in means], [b for _, b in means])


def _figures(found: Ranks | None, *, interval: bool = False) -> str:
    if found is None:
        return "–"
    values = reciprocal(found)
    mean = estimate(values.tolist()) if interval else None
    between = f" ({mean.low:.3f}–{mean.high:.3f})" if mean and mean.low is not None else ""
    return f"{values.mean():.3f}{between} / {first(found).mean():.3f}"


def _mark(pair: Paired, of: Values) -> str:
    if pair[1] is None or pair[2] is None or np.array_equal(pair[1], pair[2]):
        return ""
    change = compare([pair], of)
    if not change.value or change.p is None or change.p >= SIGNIFICANT:
        return ""
    return " ↓" if change.value < 0 else " ↑"


def _overall(change: Difference) -> str:
    if change.value is None:
        return "–"
    if not (change.value or change.low or change.high):
        return "no difference"
    if change.low is None or change.p is None:
        return f"{change.value:+.3f}"
    p = f"p {change.p:.3f}" if change.p >= LEAST_P else f"p < {LEAST_P:g}"
    return f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f}), {p}"


if __name__ == "__main__":
    sys.exit(main())
