"""Precision and recall by threshold, drawn."""

from html import escape

from border.bench.drawing import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TOP,
    across,
    axis,
    key,
    line,
    mark_x,
    mark_y,
    picture,
    up,
)
from border.bench.links import Measured

STEPS = [number / 100 for number in range(5, 100)]
# As many series as have a place below.
MOST = 3


def drawn(several: list[Measured], chosen: float) -> str:
    """The SVG of the curves of all that was measured, with a line at the threshold that was chosen."""
    parts = [
        *_axes(),
        f'<line class="chosen" x1="{across(chosen)}" x2="{across(chosen)}" y1="{TOP}" y2="{up(0)}"/>',
        f'<text class="soft" x="{across(chosen) - 6}" y="{up(0.04)}" text-anchor="end">chosen: {chosen:g}</text>',
    ]
    for number, one in enumerate(several[:MOST]):
        parts += _curves(number, one)
    return picture("Precision and recall of links by threshold", parts, series=MOST)


def _axes() -> list[str]:
    found = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        found += [*mark_y(up(share), f"{share:g}"), mark_x(across(share), up(0), f"{share:g}")]
    return [*found, axis(up(0), "threshold")]


def _curves(number: int, one: Measured) -> list[str]:
    points = [(step, *one.at(step)) for step in STEPS]
    height = HEIGHT - BOTTOM + 56 + 18 * number
    return [
        line(number, [(across(step), up(share)) for step, share, _ in points]),
        line(number, [(across(step), up(share)) for step, _, share in points], "recall"),
        key(number, LEFT, height),
        key(number, LEFT + 40, height, "recall"),
        f'<text x="{LEFT + 80}" y="{height + 4}">precision, recall: {escape(one.name)}</text>',
    ]
