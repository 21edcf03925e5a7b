"""What an id and its content were seen with before is what a dictionary would have said."""

from hypothesis import given
from hypothesis import strategies as st

from border.imports.formats.seen import Seen


class Hashed(str):
    """An id that is its own hash."""

    __slots__ = ()

    def __hash__(self) -> int:
        return int(self)


@given(st.lists(st.tuples(st.text(max_size=2), st.sampled_from(["a", "b"]))))
def test_it_remembers_the_first_of_each_id(rows: list[tuple[str, str]]) -> None:
    seen, first = Seen(), dict[str, tuple[int, str]]()
    for place, (key, cell) in enumerate(rows):
        expected = (first[key][0], first[key][1] == cell) if key in first else None
        assert seen.before(key, ["x", cell], place) == expected
        first.setdefault(key, (place, cell))


def test_what_is_written_across_two_rows_is_no_id() -> None:
    """The place of one and the beginning of the next, read together, are the hash of a third."""
    seen, place, following = Seen(), 1 << 14, 1 << 21
    across = place | following << 32
    rows = [(1 << 20, place), (following, 7), (across, 8), (-1 << 40, 9)]
    assert [seen.before(Hashed(number), ["x"], at) for number, at in rows] == [None] * 4
    assert [seen.before(Hashed(number), ["x"], 10) for number, _ in rows] == [(at, True) for _, at in rows]
