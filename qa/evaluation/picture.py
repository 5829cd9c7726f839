"""A Summary in, its picture (SVG) out: bars with intervals by language pair and by kind. Measures nothing."""

from collections.abc import Sequence
from html import escape

from qa.evaluation.measure import Estimate
from qa.evaluation.summary import Figures, Summary

METRICS = ("recall@10", "MRR@10", "right section first")
LABEL_CHARS = 18
_LEFT, _WIDTH, _RIGHT = 190, 400, 150
_BAR, _GAP, _HEAD = 12, 14, 30
_PANELS = (("by language pair (question → passages)", ("all", "pair")), ("by kind of question", ("kind",)))
_STYLE = """<style>
svg { background: #fff } text { fill: #1f2328 } .quiet { fill: #59636e }
.line { stroke: #d1d9e0 } .span { stroke: #1f2328 }
.bar0 { fill: #1f6feb } .bar1 { fill: #d1761c } .bar2 { fill: #2da44e }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117 } text { fill: #f0f6fc } .quiet { fill: #9198a1 }
.line { stroke: #3d444d } .span { stroke: #f0f6fc }
.bar0 { fill: #4c8dff } .bar1 { fill: #e08a3c } .bar2 { fill: #3fb950 }
}
</style>"""


def report_svg(summary: Summary) -> str:
    """Return bars with 95% intervals; readable on a light and on a dark page."""
    parts = []
    top = 28
    for at, metric in enumerate(METRICS):
        left = _LEFT + 150 * at
        parts.append(f'<rect x="{left}" y="10" width="12" height="12" class="bar{at}"/>')
        parts.append(f'<text x="{left + 18}" y="20">{escape(metric)}</text>')
    for title, sorts in _PANELS:
        groups = [group for group in summary.groups if group.sort in sorts and _bars(group)]
        if groups:
            drawn, top = _panel(title, groups, top)
            parts += drawn
    width, height = _LEFT + _WIDTH + _RIGHT, top + 10
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
    return "\n".join([f'{head} font-family="sans-serif" font-size="12">', _STYLE, *parts, "</svg>"]) + "\n"


def _panel(title: str, groups: Sequence[Figures], top: int) -> tuple[list[str], int]:
    """Return a panel's elements and where it ends."""
    parts = [f'<text x="{_LEFT}" y="{top + 18}" font-weight="bold">{escape(title)}</text>']
    start = at = top + _HEAD
    for group in groups:
        bars = _bars(group)
        middle = at + len(bars) * _BAR / 2 + 4
        n = max(estimate.n for _, estimate in bars)
        name = group.name if len(group.name) <= LABEL_CHARS else group.name[: LABEL_CHARS - 1] + "…"
        label = f'{escape(name)} <tspan class="quiet">n = {n}</tspan>'
        parts.append(f'<text x="{_LEFT - 10}" y="{middle:.0f}" text-anchor="end">{label}</text>')
        for colour, estimate in bars:
            parts += _bar(colour, estimate, at)
            at += _BAR
        at += _GAP
    ticks = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        ticks.append(f'<path d="M{_x(tick)} {start - 4}V{at - _GAP + 4}" class="line"/>')
        ticks.append(f'<text x="{_x(tick)}" y="{at + 6}" text-anchor="middle" class="quiet">{tick}</text>')
    return [*ticks, *parts], at + 16


def _bar(colour: int, estimate: Estimate, top: int) -> list[str]:
    value = estimate.value or 0.0
    low, high = estimate.low, estimate.high
    parts = [
        f'<rect x="{_LEFT}" y="{top + 1}" width="{_x(value) - _LEFT:.1f}" height="{_BAR - 2}" class="bar{colour}"/>'
    ]
    end = value
    if low is not None and high is not None:
        end, y = max(value, high), top + _BAR / 2
        caps = "".join(f"M{_x(x):.1f} {y - 3}v6" for x in (low, high))
        parts.append(f'<path d="M{_x(low):.1f} {y}H{_x(high):.1f}{caps}" class="span" fill="none"/>')
    parts.append(f'<text x="{_x(end) + 6:.1f}" y="{top + _BAR - 2}" font-size="10">{value:.2f}</text>')
    return parts


def _bars(group: Figures) -> list[tuple[int, Estimate]]:
    found = [(at, group.metrics.get(metric)) for at, metric in enumerate(METRICS)]
    return [(at, estimate) for at, estimate in found if estimate and estimate.value is not None]


def _x(value: float) -> float:
    return _LEFT + value * _WIDTH
