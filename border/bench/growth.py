"""What a page costs by the size of the world, drawn; both axes in powers of ten."""

from collections.abc import Mapping
from html import escape
from math import ceil, floor, log10

from border.bench.drawing import LEFT, SERIES, WIDTH, across, axis, key, line, mark_x, mark_y, picture, up

# What stands below the picture: a line for each contender, two beside one another.
ROW, COLUMN = 18, (WIDTH - LEFT) // 2
Costs = Mapping[str, Mapping[int, float]]


def drawn(costs: Costs) -> str:
    """The SVG of the milliseconds that each contender takes in worlds of so many events."""
    sizes = sorted({size for of in costs.values() for size in of})
    spent = [took for of in costs.values() for took in of.values()]
    least, most = floor(log10(min(spent))), ceil(log10(max(spent)))
    span = max(log10(sizes[-1]) - log10(sizes[0]), 1)

    def x(size: int) -> float:
        return across((log10(size) - log10(sizes[0])) / span, inset=24)

    def y(took: float) -> float:
        return up((log10(took) - least) / (most - least))

    bottom = y(10**least)
    parts = [part for power in range(least, most + 1) for part in mark_y(y(10**power), f"{10**power:g}")]
    parts += [mark_x(x(size), bottom, f"{size:,}") for size in sizes]
    parts.append(axis(bottom, "published events; upwards milliseconds, median"))
    for number, (name, of) in enumerate(costs.items()):
        parts.append(line(number, [(x(size), y(took)) for size, took in sorted(of.items())]))
        parts += _named(number, name, bottom)
    return picture("What a page of 100 events costs, by the number of events", parts, series=len(SERIES))


def _named(number: int, name: str, bottom: float) -> list[str]:
    left, height = LEFT + number % 2 * COLUMN, bottom + 56 + ROW * (number // 2)
    return [
        key(number, left, height),
        f'<text x="{left + 40}" y="{height + 4}">{escape(name)}</text>',
    ]
