"""Scored questions in, figures by group out, alone or beside those of other settings. Pure; prints nothing.

Groups: all questions; by language of the question; by language pair (ko→en: asked in Korean, only English passages
count, and only questions whose gold the Library holds in English), rankings only; by kind of question. Refusal
precision is left out where all of a group's questions are answerable, or none: there it is 0 or 1 whatever is refused.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.load import Language
from qa.evaluation.judge import VERDICTS, Judged, Verdict
from qa.evaluation.measure import Difference, Estimate, difference, estimate, milliseconds
from qa.evaluation.ranking import RANKING
from qa.evaluation.score import METRICS, Scored

Sort = Literal["all", "language", "pair", "kind"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Figures:
    """A group of questions and what was measured on it; `questions` counts those that the group is about."""

    sort: Sort
    name: str
    questions: int
    metrics: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of one evaluation; `label` says of what, for a person."""

    label: str
    groups: tuple[Figures, ...]
    verdicts: Mapping[Verdict, int]
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Change:
    """A metric on a group under the first and the second settings, and the paired difference, second less first."""

    group: str
    metric: str
    first: Estimate
    second: Estimate
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations of the same questions; `moved` are those whose verdict changed, as they were and as they are."""

    first: Summary
    second: Summary
    changes: tuple[Change, ...]
    moved: tuple[tuple[Judged, Judged], ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Which questions count, and where their values stand."""

    sort: Sort
    name: str
    counts: Callable[[Scored], bool]
    values: Callable[[Scored], Mapping[str, float]]
    metrics: tuple[str, ...] = METRICS


def summarise(label: str, scored: Sequence[Scored]) -> Summary:
    """Return the figures of every group that has questions."""
    groups = []
    for group in _groups(scored):
        counted = [one for one in scored if group.counts(one)]
        members = [group.values(one) for one in counted]
        metrics = {name: estimate([m[name] for m in members if name in m]) for name in group.metrics}
        if len({one.judged.question.answerable for one in counted}) < 2:
            metrics.pop("refusal precision", None)
        groups.append(Figures(group.sort, group.name, len(members), metrics))
    verdicts = Counter(one.judged.verdict for one in scored)
    median, late = milliseconds([one.judged.milliseconds for one in scored])
    return Summary(label, tuple(groups), {verdict: verdicts[verdict] for verdict in VERDICTS}, median, late)


def compare(first: Summary, one: Sequence[Scored], second: Summary, two: Sequence[Scored]) -> Comparison:
    """Return the paired differences, over all questions and by language pair; `one` and `two` are in the same order."""
    changes = []
    for group in _groups(one):
        if group.sort not in ("all", "pair"):
            continue
        before = [group.values(scored) for scored in one if group.counts(scored)]
        after = [group.values(scored) for scored in two if group.counts(scored)]
        for metric in group.metrics:
            pair = [m.get(metric) for m in before], [m.get(metric) for m in after]
            means = [estimate([value for value in values if value is not None]) for values in pair]
            if any(mean.n for mean in means):
                changes.append(Change(group.name, metric, means[0], means[1], difference(*pair)))
    moved = [(a.judged, b.judged) for a, b in zip(one, two, strict=True) if a.judged.verdict != b.judged.verdict]
    return Comparison(first, second, tuple(changes), tuple(moved))


def _groups(scored: Sequence[Scored]) -> list[_Group]:
    groups = [_Group("all", "all", lambda _: True, lambda one: one.values)]
    groups += [_asked_in(language) for language in LANGUAGES]
    groups += [_pair(asked, held) for asked in LANGUAGES for held in LANGUAGES]
    groups += [_of_kind(kind) for kind in sorted({one.judged.question.kind for one in scored})]
    return [group for group in groups if any(map(group.counts, scored))]


def _asked_in(language: Language) -> _Group:
    return _Group(
        "language",
        f"asked in {language}",
        lambda one: one.judged.question.language == language,
        lambda one: one.values,
    )


def _pair(asked: Language, held: Language) -> _Group:
    return _Group(
        "pair",
        f"{asked}→{held}",
        lambda one: one.judged.question.language == asked and bool(one.by_language[held]),
        lambda one: one.by_language[held],
        RANKING,
    )


def _of_kind(kind: str) -> _Group:
    return _Group("kind", kind, lambda one: one.judged.question.kind == kind, lambda one: one.values)
