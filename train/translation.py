"""Analysed pairs in, a Korean–English translation table out: IBM Model 1 in both directions (Brown et al., 1993).

An entry's weight is √(p(en|ko)·p(ko|en)), which keeps words that translate each other both ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_TERMS = 60
ITERATIONS = 6


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of the table; `weight` is in (0, 1]."""

    ko: str
    en: str
    weight: float


def translation_table(
    ko: Sequence[Sequence[str]], en: Sequence[Sequence[str]], *, top_k: int = 8, min_weight: float = 0.02
) -> list[Translation]:
    """Estimate the table from aligned term lists; keep the `top_k` best of every word in each direction."""
    ko_ids, en_ids = vocabulary(ko), vocabulary(en)
    k_cells: list[NDArray[np.int64]] = []
    e_cells: list[NDArray[np.int64]] = []
    k_slots: list[NDArray[np.int64]] = []
    e_slots: list[NDArray[np.int64]] = []
    k_at = e_at = 0
    for k_terms, e_terms in zip(ko, en, strict=True):
        k = np.fromiter((ko_ids[t] for t in dict.fromkeys(k_terms[:MAX_TERMS])), np.int64)
        e = np.fromiter((en_ids[t] for t in dict.fromkeys(e_terms[:MAX_TERMS])), np.int64)
        if not len(k) or not len(e):
            continue
        k_cells.append(np.repeat(k, len(e)))
        e_cells.append(np.tile(e, len(k)))
        k_slots.append(np.repeat(np.arange(k_at, k_at + len(k)), len(e)))
        e_slots.append(np.tile(np.arange(e_at, e_at + len(e)), len(k)))
        k_at, e_at = k_at + len(k), e_at + len(e)
    cells = np.concatenate(k_cells) * len(en_ids) + np.concatenate(e_cells)
    unique, inverse = np.unique(cells, return_inverse=True)
    k_of, e_of = unique // len(en_ids), unique % len(en_ids)
    p_e_given_k = estimate(inverse, np.concatenate(e_slots), k_of, len(ko_ids))
    p_k_given_e = estimate(inverse, np.concatenate(k_slots), e_of, len(en_ids))
    weight = np.sqrt(p_e_given_k * p_k_given_e)
    kept = _best(k_of, weight, top_k) | _best(e_of, weight, top_k)
    kept &= weight >= min_weight
    ko_words, en_words = list(ko_ids), list(en_ids)
    table = [Translation(ko_words[k_of[i]], en_words[e_of[i]], float(weight[i])) for i in np.flatnonzero(kept)]
    return [entry for entry in table if "가" <= entry.ko[0] <= "힣" and not "가" <= entry.en[0] <= "힣"]


def estimate(
    cell: NDArray[np.int64], slot: NDArray[np.int64], source: NDArray[np.int64], n_sources: int
) -> NDArray[np.float64]:
    """Return p(target | source) per distinct cell; `slot` numbers each target word's occurrence in its sentence."""
    p = np.full(len(source), 1.0)
    for _ in range(ITERATIONS):
        likelihood = p[cell]
        expected = likelihood / np.bincount(slot, likelihood)[slot]
        counts = np.bincount(cell, expected, minlength=len(source))
        p = counts / np.bincount(source, counts, minlength=n_sources)[source]
    return p


def _best(owner: NDArray[np.int64], weight: NDArray[np.float64], top_k: int) -> NDArray[np.bool_]:
    order = np.lexsort((-weight, owner))
    sorted_owner = owner[order]
    first = np.searchsorted(sorted_owner, sorted_owner)
    kept = np.zeros(len(owner), bool)
    kept[order[np.arange(len(order)) - first < top_k]] = True
    return kept


def vocabulary(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return a number for each distinct term, in sorted order."""
    return {term: at for at, term in enumerate(sorted({term for text in texts for term in text}))}
