"""The picture of what a page costs by the number of events."""

import re

from border.bench import growth

COSTS = {
    "page": {10_000: 6.0, 100_000: 6.0, 1_000_000: 60.0},
    "by <hand>": {10_000: 600.0, 100_000: 600.0, 1_000_000: 600.0},
}


def test_picture_is_the_same_each_time_and_for_both_grounds():
    drawn = growth.drawn(COSTS)
    assert drawn == growth.drawn(COSTS)
    assert "prefers-color-scheme: dark" in drawn
    assert "by &lt;hand&gt;</text>" in drawn


def test_what_costs_ten_times_as_much_is_one_step_higher():
    page, by_hand = re.findall(r'<polyline class="line s\d" points="([^"]*)"', growth.drawn(COSTS))
    steps = sorted(
        {float(y) for y in re.findall(r'class="grid" x1="56" x2="744" y1="([\d.]+)"', growth.drawn(COSTS))}
    )
    heights = [float(point.split(",")[1]) for point in page.split()]
    assert heights[0] == heights[1]
    assert round(heights[1] - heights[2], 1) == round(steps[1] - steps[0], 1)
    assert len({point.split(",")[1] for point in by_hand.split()}) == 1
    across = [float(point.split(",")[0]) for point in by_hand.split()]
    assert across[1] - across[0] == across[2] - across[1]
