"""Values per question in, means with intervals and paired tests out. Pure and seeded; knows no questions.

Intervals are percentile bootstrap intervals over questions. The paired test is Fisher's randomisation test: under the
null hypothesis the two values of a question may be swapped (Smucker, Allan and Carterette, 2007).
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
RESAMPLES = 4_999
SEED = 20_070_111
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions with its 95% interval; None where it cannot be told."""

    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher the second of two means is, with its 95% interval and the p-value of no difference."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    p: float | None


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of some values; no interval for fewer than two."""
    sample = np.asarray(values, float)
    if not len(sample):
        return Estimate(0, None, None, None)
    low, high = _interval(sample)
    return Estimate(len(sample), float(sample.mean()), low, high)


def difference(first: Sequence[float | None], second: Sequence[float | None]) -> Difference:
    """Return the mean of `second` less that of `first`, which stand for the same questions; None: says nothing."""
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a is not None or b is not None]
    one = np.array([np.nan if a is None else a for a, _ in pairs], float)
    two = np.array([np.nan if b is None else b for _, b in pairs], float)
    if np.isnan(one).all() or np.isnan(two).all():
        return Difference(len(pairs), None, None, None, None)
    value = float(_gain(one, two))
    low, high = _interval(one, two)
    return Difference(len(pairs), value, low, high, _p_value(one, two))


def milliseconds(times: Sequence[float]) -> tuple[float, float]:
    """Return median and 95th percentile."""
    median, late = np.quantile(np.asarray(times, float), (0.5, 0.95))
    return float(median), float(late)


def _interval(*samples: NDArray[np.float64]) -> tuple[float | None, float | None]:
    if len(samples[0]) < 2:
        return None, None
    from scipy.stats import DegenerateDataWarning, bootstrap  # here: it takes seconds to import

    with warnings.catch_warnings(action="ignore", category=DegenerateDataWarning):  # then there is no interval
        found = bootstrap(
            samples,
            _mean if len(samples) == 1 else _gain,
            n_resamples=RESAMPLES,
            batch=_BATCH,
            vectorized=True,
            paired=True,
            confidence_level=LEVEL,
            method="percentile",  # BCa is not defined where all values are equal
            rng=np.random.default_rng(SEED),
        ).confidence_interval
    return _finite(found.low), _finite(found.high)


def _p_value(one: NDArray[np.float64], two: NDArray[np.float64]) -> float | None:
    if len(one) < 2:
        return None
    from scipy.stats import permutation_test

    found = permutation_test(
        (two, one),
        lambda a, b, axis=-1: np.nan_to_num(_gain(b, a, axis)),  # nothing left on one side shows no difference
        permutation_type="samples",
        n_resamples=RESAMPLES,
        batch=_BATCH,
        vectorized=True,
        rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def _gain(one: NDArray[np.float64], two: NDArray[np.float64], axis: int = -1) -> Any:
    return _mean(two, axis) - _mean(one, axis)


def _mean(values: NDArray[np.float64], axis: int = -1) -> Any:
    """Return the mean of what is no NaN, NaN where nothing is; np.nanmean warns there."""
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.where(there, values, 0.0).sum(axis) / there.sum(axis)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
