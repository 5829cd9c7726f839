"""A Summary or a Comparison in, Markdown or plain data for JSON out. Pure; draws no picture, measures nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from qa.evaluation.measure import Difference, Estimate
from qa.evaluation.ranking import ALL, FIRST
from qa.evaluation.score import CITING, REFUSING
from qa.evaluation.summary import Comparison, Figures, Summary

TITLE = "# SurveyQA evaluation"
SHOWN = 20
_TABLES = (
    ("The first place that answers, among those found", FIRST),
    ("All places that answer, among those found", ALL),
    ("What answers cite and show", CITING),
    ("Refusing", REFUSING),
)


def report_text(summary: Summary, comparison: Comparison | None = None) -> str:
    """Return the tables of an evaluation, and of a comparison when there is one, as Markdown."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in summary.verdicts.items())
    total = sum(summary.verdicts.values())
    parts = [f"{summary.label}\n\n{total} questions: {counts}."]
    parts.append(f"ask: median {summary.median_ms:.1f} ms, 95th percentile {summary.p95_ms:.1f} ms")
    parts += [_table(title, metrics, summary.groups) for title, metrics in _TABLES]
    parts.append("In brackets: 95% bootstrap interval over questions. n: the questions that a row is about.")
    if comparison:
        parts.append(comparison_text(comparison))
    return "\n\n".join(filter(None, parts)) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """Return both evaluations side by side as Markdown, and the questions whose verdict changed."""
    first, second = comparison.first, comparison.second
    rows = [
        (c.group, c.metric, _mean(c.first), _mean(c.second), _change(c.difference), _p(c.difference.p))
        for c in comparison.changes
    ]
    rows.append(("all", "median ms", f"{first.median_ms:.1f}", f"{second.median_ms:.1f}", "", ""))
    rows.append(("all", "95th percentile ms", f"{first.p95_ms:.1f}", f"{second.p95_ms:.1f}", "", ""))
    lines = [
        f"## Compared\n\nA: {first.label}\nB: {second.label}\n",
        _rows(("questions", "metric", "A", "B", "B − A", "p"), rows),
        "\np: paired randomisation test, two-sided, not corrected for the number of rows.",
    ]
    moved = comparison.moved
    if moved:
        more = f", the first {SHOWN}" if len(moved) > SHOWN else ""
        lines.append(f"\n{len(moved)} verdicts changed{more}:\n")
        lines += [
            f"- {_cell(a.question.question_id)}: {a.verdict} → {b.verdict}: {_cell(a.question.text)}"
            for a, b in moved[:SHOWN]
        ]
    return "\n".join(lines)


def report_data(summary: Summary, comparison: Comparison | None = None) -> dict[str, Any]:
    """Return all figures as plain data, under the names that JSON output gives."""
    data = _summary_data(summary)
    if comparison:
        data["compared"] = {
            "first": _summary_data(comparison.first),
            "second": _summary_data(comparison.second),
            "changes": [asdict(change) for change in comparison.changes],
            "moved": [
                {"id": a.question.question_id, "first": a.verdict, "second": b.verdict} for a, b in comparison.moved
            ],
        }
    return data


def _summary_data(summary: Summary) -> dict[str, Any]:
    return {
        "label": summary.label,
        "verdicts": dict(summary.verdicts),
        "milliseconds": {"median": summary.median_ms, "p95": summary.p95_ms},
        "groups": [asdict(group) for group in summary.groups],
    }


def _table(title: str, metrics: Sequence[str], groups: Iterable[Figures]) -> str:
    rows = []
    for group in groups:
        found = [group.metrics.get(name) for name in metrics]
        if any(one and one.n for one in found):
            cells = [_interval(one) if one else "–" for one in found]
            n = group.questions if metrics is REFUSING else max(one.n for one in found if one)
            rows.append((group.name, f"{n}", *cells))
    return f"## {title}\n\n" + _rows(("questions", "n", *metrics), rows) if rows else ""


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [head, *rows]
    widths = [max(len(_cell(row[at])) for row in cells) for at in range(len(head))]
    lines = ["| " + " | ".join(f"{_cell(c):{w}}" for c, w in zip(row, widths, strict=True)) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def _interval(estimate: Estimate) -> str:
    if estimate.value is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.2f}–{estimate.high:.2f})"


def _mean(estimate: Estimate) -> str:
    return "–" if estimate.value is None else f"{estimate.value:.3f}"


def _change(change: Difference) -> str:
    if change.value is None:
        return "–"
    if change.low is None or change.high is None:
        return f"{change.value:+.3f}"
    return f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})"


def _p(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
