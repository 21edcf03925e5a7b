"""What pictures of figures have in common: readable on light and on dark ground, and the same bytes for the same figures."""

from collections.abc import Iterable
from html import escape

WIDTH, HEIGHT = 760, 430
LEFT, TOP, RIGHT, BOTTOM = 56, 24, 16, 112
# Colours that tell each other apart for those who see few; of each one for light and one for dark ground.
SERIES = (
    ("#1f6fb2", "#7db8ee"),
    ("#a5480b", "#f0a35e"),
    ("#2b7a3d", "#7fd08f"),
    ("#7a3fa0", "#c79be6"),
    ("#8a6d00", "#e0c04a"),
    ("#5a6470", "#a9b4c0"),
)
STYLE = """
  .ground { fill: #fff } .line { fill: none; stroke-width: 2 } .recall { stroke-dasharray: 5 4 }
  .grid { stroke: #d5dae0; stroke-width: 1 } .chosen { stroke: #5a6470; stroke-width: 1.5; stroke-dasharray: 2 3 }
  text { font: 13px system-ui, sans-serif; fill: #1f2933 } .soft { fill: #5a6470 }
"""
DARK = ".ground { fill: #141a22 } .grid { stroke: #35404d } .chosen { stroke: #a9b4c0 } text { fill: #e6ebf0 } .soft { fill: #a9b4c0 }"


def picture(title: str, parts: Iterable[str], *, series: int, height: int = HEIGHT) -> str:
    """The SVG of that ``title`` made of ``parts``, with the colours of so many ``series``."""
    light = " ".join(f".s{number} {{ stroke: {one} }}" for number, (one, _) in enumerate(SERIES[:series]))
    dark = " ".join(f".s{number} {{ stroke: {one} }}" for number, (_, one) in enumerate(SERIES[:series]))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t">',
            f'<title id="t">{escape(title)}</title>',
            f"<style>{STYLE}  {light}\n  @media (prefers-color-scheme: dark) {{ {DARK} {dark} }}\n</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


def across(share: float, inset: int = 0) -> float:
    """The place of a share of the axis from left to right, which begins and ends ``inset`` from the sides."""
    return round(LEFT + inset + share * (WIDTH - LEFT - RIGHT - 2 * inset), 1)


def up(share: float) -> float:
    """The place of a share of the axis upwards."""
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


def mark_x(x: float, bottom: float, text: str) -> str:
    """What stands below a place on the axis from left to right."""
    return f'<text class="soft" x="{x}" y="{bottom + 18}" text-anchor="middle">{escape(text)}</text>'


def mark_y(y: float, text: str) -> list[str]:
    """A line across the picture, and what it stands for."""
    return [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>',
        f'<text class="soft" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(text)}</text>',
    ]


def axis(bottom: float, text: str) -> str:
    """What the axis from left to right is of."""
    return f'<text x="{(LEFT + WIDTH) // 2}" y="{bottom + 38}" text-anchor="middle">{escape(text)}</text>'


def key(number: int, x: float, y: float, *more: str) -> str:
    """What the line of that number looks like, 30 wide, for its name to stand beside."""
    return f'<line class="{_style(number, *more)}" x1="{x}" x2="{x + 30}" y1="{y}" y2="{y}"/>'


def line(number: int, points: Iterable[tuple[float, float]], *more: str) -> str:
    """The line through these points, of that number among the series."""
    through = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline class="{_style(number, *more)}" points="{through}"/>'


def _style(number: int, *more: str) -> str:
    return " ".join(["line", *more, f"s{number}"])
