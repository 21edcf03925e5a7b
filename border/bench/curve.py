"""Precision and recall by threshold, drawn: readable on light and on dark ground, and the same bytes for the same figures."""

from html import escape

from border.bench.links import Measured

WIDTH, HEIGHT = 760, 430
LEFT, TOP, RIGHT, BOTTOM = 56, 24, 16, 112
# Colours that tell each other apart for those who see few; of each one for light and one for dark ground.
SERIES = (("#1f6fb2", "#7db8ee"), ("#a5480b", "#f0a35e"), ("#2b7a3d", "#7fd08f"))
STEPS = [number / 100 for number in range(5, 100)]
STYLE = """
  .ground { fill: #fff } .line { fill: none; stroke-width: 2 } .recall { stroke-dasharray: 5 4 }
  .grid { stroke: #d5dae0; stroke-width: 1 } .chosen { stroke: #5a6470; stroke-width: 1.5; stroke-dasharray: 2 3 }
  text { font: 13px system-ui, sans-serif; fill: #1f2933 } .soft { fill: #5a6470 }
"""
DARK = ".ground { fill: #141a22 } .grid { stroke: #35404d } .chosen { stroke: #a9b4c0 } text { fill: #e6ebf0 } .soft { fill: #a9b4c0 }"


def drawn(several: list[Measured], chosen: float) -> str:
    """The SVG of the curves of all that was measured, with a line at the threshold that was chosen."""
    light = " ".join(f".s{number} {{ stroke: {one} }}" for number, (one, _) in enumerate(SERIES))
    dark = " ".join(f".s{number} {{ stroke: {one} }}" for number, (_, one) in enumerate(SERIES))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t">',
        '<title id="t">Precision and recall of links by threshold</title>',
        f"<style>{STYLE}  {light}\n  @media (prefers-color-scheme: dark) {{ {DARK} {dark} }}\n</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        *_axes(),
        f'<line class="chosen" x1="{_x(chosen)}" x2="{_x(chosen)}" y1="{TOP}" y2="{_y(0)}"/>',
        f'<text class="soft" x="{_x(chosen) - 6}" y="{_y(0.04)}" text-anchor="end">chosen: {chosen:g}</text>',
    ]
    for number, one in enumerate(several[: len(SERIES)]):
        parts += _curves(number, one)
    return "\n".join([*parts, "</svg>", ""])


def _x(threshold: float) -> float:
    return round(LEFT + threshold * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def _axes() -> list[str]:
    found = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        found += [
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(share)}" y2="{_y(share)}"/>',
            f'<text class="soft" x="{LEFT - 8}" y="{_y(share) + 4}" text-anchor="end">{share:g}</text>',
            f'<text class="soft" x="{_x(share)}" y="{_y(0) + 18}" text-anchor="middle">{share:g}</text>',
        ]
    return [*found, f'<text x="{(LEFT + WIDTH) // 2}" y="{_y(0) + 38}" text-anchor="middle">threshold</text>']


def _curves(number: int, one: Measured) -> list[str]:
    points = [(step, *one.at(step)) for step in STEPS]
    precision = " ".join(f"{_x(step)},{_y(share)}" for step, share, _ in points)
    recall = " ".join(f"{_x(step)},{_y(share)}" for step, _, share in points)
    height = HEIGHT - BOTTOM + 56 + 18 * number
    return [
        f'<polyline class="line s{number}" points="{precision}"/>',
        f'<polyline class="line recall s{number}" points="{recall}"/>',
        f'<line class="line s{number}" x1="{LEFT}" x2="{LEFT + 30}" y1="{height}" y2="{height}"/>',
        f'<line class="line recall s{number}" x1="{LEFT + 40}" x2="{LEFT + 70}" y1="{height}" y2="{height}"/>',
        f'<text x="{LEFT + 80}" y="{height + 4}">precision, recall: {escape(one.name)}</text>',
    ]
