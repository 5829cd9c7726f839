"""Analysed pairs in, a table from symmetrised alignments out: `python -m train.alignment FOLDER … --out FILE`.

Each word is linked to its likeliest translation by Model 1 in both directions; what both directions link is kept, and
with `--grow` also neighbours that only one links (grow-diag-final, Koehn et al., 2003). Measured, and not shipped.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyse import Analyser
from index.embed import MODEL_FOLDER
from train.pairs import read_dictionary, read_pairs
from train.questions import question_pairs
from train.translation import MAX_TERMS, Translation, estimate, vocabulary

Links = NDArray[np.bool_]  # shape (Korean words, English words)
TOP_K, MIN_WEIGHT = 8, 0.02
_ONCE = 0.5  # seen more often than it was: a word seen once is no sure translation


def symmetrised_table(ko: Sequence[Sequence[str]], en: Sequence[Sequence[str]], *, grow: bool) -> list[Translation]:
    """Estimate the table from aligned term lists: √(p(en|ko)·p(ko|en)) over links, the best of every word each way."""
    counts: Counter[tuple[str, str]] = Counter()
    for k, e, to_en, to_ko in _likelihoods(ko, en):
        counts.update((k[at], e[to]) for at, to in np.argwhere(links(to_en, to_ko, grow=grow)).tolist())
    of_ko, of_en = Counter[str](), Counter[str]()
    for (x, y), count in counts.items():
        of_ko[x] += count
        of_en[y] += count
    found = [
        Translation(x, y, count / ((of_ko[x] + _ONCE) * (of_en[y] + _ONCE)) ** 0.5)
        for (x, y), count in counts.items()
        if _is_korean(x) and not _is_korean(y)
    ]
    return sorted(_best(found), key=lambda entry: (entry.ko, -entry.weight, entry.en))


def links(to_en: NDArray[np.float64], to_ko: NDArray[np.float64], *, grow: bool) -> Links:
    """Return which words belong together; both arrays have shape (Korean words, English words).

    `to_en[i, j]` is how likely Korean word i makes English word j; each English word links the Korean word that makes
    it likeliest, and the other way round in `to_ko`.
    """
    one, two = np.zeros(to_en.shape, bool), np.zeros(to_en.shape, bool)
    one[to_en.argmax(axis=0), np.arange(to_en.shape[1])] = True
    two[np.arange(to_en.shape[0]), to_ko.argmax(axis=1)] = True
    found: Links = one & two
    if not grow:
        return found
    for at, to in np.argwhere((one | two) & ~found).tolist():
        near = found[max(0, at - 1) : at + 2, max(0, to - 1) : to + 2].any()
        if near and not (found[at].any() and found[:, to].any()):
            found[at, to] = True
    for at, to in np.argwhere(one | two).tolist():
        if not found[at].any() and not found[:, to].any():
            found[at, to] = True
    return found


def _likelihoods(
    ko: Sequence[Sequence[str]], en: Sequence[Sequence[str]]
) -> Iterator[tuple[list[str], list[str], NDArray[np.float64], NDArray[np.float64]]]:
    """Yield each pair's distinct terms with Model 1's p(en|ko) and p(ko|en), both of shape (Korean, English words)."""
    each = [
        (list(dict.fromkeys(k[:MAX_TERMS])), list(dict.fromkeys(e[:MAX_TERMS]))) for k, e in zip(ko, en, strict=True)
    ]
    pairs = [(k, e) for k, e in each if k and e]
    ko_ids, en_ids = vocabulary([k for k, _ in pairs]), vocabulary([e for _, e in pairs])
    cells, ko_slots, en_slots = [], [], []
    ko_at = en_at = 0
    for k, e in pairs:
        ids = np.array([ko_ids[term] for term in k])[:, None] * len(en_ids) + np.array([en_ids[term] for term in e])
        cells.append(ids.ravel())
        ko_slots.append(np.repeat(np.arange(ko_at, ko_at + len(k)), len(e)))
        en_slots.append(np.tile(np.arange(en_at, en_at + len(e)), len(k)))
        ko_at, en_at = ko_at + len(k), en_at + len(e)
    unique, cell = np.unique(np.concatenate(cells), return_inverse=True)
    to_en = estimate(cell, np.concatenate(en_slots), unique // len(en_ids), len(ko_ids))[cell]
    to_ko = estimate(cell, np.concatenate(ko_slots), unique % len(en_ids), len(en_ids))[cell]
    at = 0
    for k, e in pairs:
        here, shape = slice(at, at + len(k) * len(e)), (len(k), len(e))
        at = here.stop
        yield k, e, to_en[here].reshape(shape), to_ko[here].reshape(shape)


def _best(entries: Sequence[Translation]) -> Iterator[Translation]:
    """Yield entries of some weight that are among the TOP_K of their Korean or of their English word."""
    ranks_ko, ranks_en = Counter[str](), Counter[str]()
    for entry in sorted(entries, key=lambda entry: (-entry.weight, entry.ko, entry.en)):
        ranks_ko[entry.ko] += 1
        ranks_en[entry.en] += 1
        if entry.weight >= MIN_WEIGHT and min(ranks_ko[entry.ko], ranks_en[entry.en]) <= TOP_K:
            yield entry


def _is_korean(word: str) -> bool:
    return "가" <= word[0] <= "힣"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the pairs, and write the table in the form of the bundled model's `bridge.tsv`."""
    parser = argparse.ArgumentParser(prog="python -m train.alignment", description=__doc__)
    parser.add_argument("pairs", type=Path, nargs="+", help="folders of ko<TAB>en files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("seeds"), help="documents with their questions.tsv")
    parser.add_argument("--grow", action="store_true")
    options = parser.parse_args(arguments)
    analyser = Analyser.load(MODEL_FOLDER / "korean.tsv")
    pairs = [*read_pairs(options.pairs), *question_pairs(options.corpus), *read_dictionary(options.pairs)]
    ko, en = ([analyser.words(text) for text in texts] for texts in zip(*((p.ko, p.en) for p in pairs), strict=True))
    lines = [f"{entry.ko}\t{entry.en}\t{entry.weight:.3f}\n" for entry in symmetrised_table(ko, en, grow=options.grow)]
    options.out.write_text("".join(lines), encoding="utf-8")
    sys.stderr.write(f"{len(lines):,} entries from {len(pairs):,} pairs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
