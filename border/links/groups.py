"""Which events are one: what is the same as the same is the same, and where two judgements contradict each other."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass
class Group(Generic[Key]):
    """Events that are one by all that was judged, and the pairs of them that somebody judged to be two."""

    members: list[Key]
    contradicted: list[tuple[Key, Key]] = field(default_factory=list)


class Unions(Generic[Key]):
    """Sets that are joined one pair after the other."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}
        self._members: dict[Key, list[Key]] = {}

    def head(self, key: Key) -> Key:
        """The one that stands for the set of ``key``."""
        head = key
        while (above := self._above.get(head, head)) != head:
            head = above
        while (above := self._above.get(key, key)) != head:  # whoever asks again finds it at once
            self._above[key], key = head, above
        return head

    def members(self, key: Key) -> list[Key]:
        """All of the set of ``key``."""
        return self._members.get(head := self.head(key), [head])

    def join(self, one: Key, other: Key) -> None:
        """Make one set of those of ``one`` and of ``other``."""
        one, other = self.head(one), self.head(other)
        if one == other:
            return
        if len(self.members(one)) < len(self.members(other)):
            one, other = other, one
        self._members[one] = [*self.members(one), *self._members.pop(other, [other])]
        self._above[other] = one

    def heads(self) -> Iterable[Key]:
        """The heads of all sets of more than one."""
        return self._members


def groups(same: Iterable[tuple[Key, Key]], different: Iterable[tuple[Key, Key]] = ()) -> list[Group[Key]]:
    """The events that are one by the pairs judged the ``same``, in groups of two and more; each in order.

    A pair judged ``different`` whose two are in one group contradicts it, and is told with the group: nothing decides
    which of the judgements is right.

    >>> groups([("a", "b"), ("b", "c"), ("x", "y")], [("c", "a"), ("a", "x")])
    [Group(members=['a', 'b', 'c'], contradicted=[('c', 'a')]), Group(members=['x', 'y'], contradicted=[])]
    """
    unions: Unions[Key] = Unions()
    for one, other in same:
        unions.join(one, other)
    found = {head: Group(sorted(unions.members(head))) for head in unions.heads()}  # type: ignore[type-var]
    for one, other in different:
        if unions.head(one) == unions.head(other) and unions.head(one) in found:
            found[unions.head(one)].contradicted.append((one, other))
    return sorted(found.values(), key=lambda group: group.members[0])  # type: ignore[arg-type,return-value]
