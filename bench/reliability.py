"""Stated probabilities and what came true in, the calibration error and its picture (SVG) out. Predicts nothing."""

from collections.abc import Mapping, Sequence

import numpy as np

BINS = 10
_SIZE, _MARGIN = 360, 50
_COLOURS = ("#1f6feb", "#d1761c", "#2da44e")


def calibration_error(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    return sum(share * abs(stated - true) for share, stated, true in bins(chances, right))


def bins(chances: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, float]]:
    """Return (share of all, mean stated probability, share right) of each bin that is not empty."""
    stated, true = np.asarray(chances, float), np.asarray(right, float)
    which = np.minimum((stated * BINS).astype(int), BINS - 1)
    return [
        (float((which == at).mean()), float(stated[which == at].mean()), float(true[which == at].mean()))
        for at in range(BINS)
        if (which == at).any()
    ]


def reliability_svg(curves: Mapping[str, tuple[Sequence[float], Sequence[bool]]]) -> str:
    """Return a picture of stated against true shares; a dot's area is the share of all cases in its bin."""
    side = _SIZE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side + 20 * len(curves)}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="100%" height="100%" fill="white"/><path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999"'
        ' stroke-dasharray="4"/>',
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick}</text>')
    parts.append(f'<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">stated probability of the family</text>')
    for at, (name, (chances, right)) in enumerate(curves.items()):
        colour = _COLOURS[at % len(_COLOURS)]
        dots = bins(chances, right)
        line = "L".join(f"{_x(stated):.1f} {_y(true):.1f}" for _, stated, true in dots)
        parts.append(f'<path d="M{line}" fill="none" stroke="{colour}"/>')
        for share, stated, true in dots:
            radius = 3 + 20 * share**0.5
            centre = f'cx="{_x(stated):.1f}" cy="{_y(true):.1f}"'
            parts.append(f'<circle {centre} r="{radius:.1f}" fill="{colour}" opacity=".5"/>')
        legend = f"{name}: n = {len(chances)}, expected calibration error {calibration_error(chances, right):.3f}"
        parts.append(f'<text x="{_x(0)}" y="{side + 20 * at}" fill="{colour}">{legend}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(value: float) -> float:
    return _MARGIN + value * _SIZE


def _y(value: float) -> float:
    return _MARGIN + (1 - value) * _SIZE
