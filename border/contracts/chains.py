"""Chains that lead back to where they began: a record above itself, a territory inside itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from psycopg.types.range import Range

from border.contracts.draft import Draft, Slugs
from border.contracts.outcome import Fault
from territories.models import Containment, Territory


def circles(drafts: Sequence[Draft], slugs: Slugs) -> list[Fault]:
    """A fault for every chain of parents, and every chain of containments on one day, that comes back."""
    return [*_above_themselves(drafts, slugs), *_inside_themselves(drafts, slugs)]


def _above_themselves(drafts: Sequence[Draft], slugs: Slugs) -> Iterator[Fault]:
    linked = defaultdict(list)
    for draft in drafts:
        for name, model in draft.contract.references.items():
            if model is draft.contract.model and getattr(draft.record, draft.contract.fields[name].attname):
                linked[model, name].append(draft)
    for (model, name), group in linked.items():
        attribute = group[0].contract.fields[name].attname
        stored = model._default_manager.exclude(**{name: None}).values_list("pk", attribute)
        above = dict(stored) | {draft.record.pk: getattr(draft.record, attribute) for draft in group}
        for draft in drafts:
            if draft.contract.model is model and not getattr(draft.record, attribute):
                above.pop(draft.record.pk, None)
        told: set[int] = set()
        for draft in group:
            chain = _back_to(draft.record.pk, above)
            if len(chain) > 1 and not told & set(chain):
                told |= set(chain)
                slugs.look_up(model, numbers=chain)
                words = " → ".join(slugs.slug(model, number) for number in [*chain, chain[0]])
                yield draft.fault(
                    f"The chain comes back to where it began: {words}. Break it at one place.", name
                )


def _back_to(start: int, above: dict[int, int]) -> list[int]:
    """The chain from ``start`` upwards that ends where it began; empty when it does not."""
    chain = [start]
    while (following := above.get(chain[-1])) not in {None, *chain}:
        chain.append(following)  # type: ignore[arg-type]
    return chain if following == start else []


class _Link(NamedTuple):
    child: int
    parent: int
    days: "Range[dt.date]"


def _inside_themselves(drafts: Sequence[Draft], slugs: Slugs) -> Iterator[Fault]:
    mine = [draft for draft in drafts if draft.contract.model is Containment]
    if not mine:
        return
    stored: Any = Containment.objects.exclude(pk__in=[draft.record.pk for draft in mine])
    links = [_Link(*row) for row in stored.values_list("child_id", "parent_id", "possible")]
    links += [_link(draft) for draft in mine]
    upwards = defaultdict(list)
    for link in links:
        upwards[link.child].append(link)
    told: set[frozenset[_Link]] = set()
    for draft in mine:
        chain = _chain_back(_link(draft), upwards)
        # A link from a place to itself has a rule of its own.
        if len(chain) < 2 or frozenset(chain) in told:
            continue
        told.add(frozenset(chain))
        places = [chain[0].child, *(link.parent for link in chain)]
        slugs.look_up(Territory, numbers=places)
        words = " → ".join(slugs.slug(Territory, place) for place in places)
        yield draft.fault(
            f"On some day a territory would lie in itself: {words}. Change a period, or delete one of these rows.",
            "parent",
        )


def _link(draft: Draft) -> _Link:
    return _Link(draft.record.child_id, draft.record.parent_id, draft.record.possible)


def _chain_back(link: _Link, upwards: dict[int, list[_Link]]) -> list[_Link]:
    """The links from ``link`` upwards, on a day that all share, that come back to its child; empty when none do."""
    waiting = [(link.days, [link])]
    seen = set()
    while waiting:
        days, chain = waiting.pop()
        at = chain[-1].parent
        if at == link.child:
            return chain
        if (at, days) in seen:
            continue
        seen.add((at, days))
        for following in upwards.get(at, ()):
            shared = _shared(days, following.days)
            if shared is not None:
                waiting.append((shared, [*chain, following]))
    return []


def _shared(one: "Range[dt.date]", other: "Range[dt.date]") -> "Range[dt.date] | None":
    """The days that two half-open ranges share; None when there are none."""
    lower = max(one.lower or dt.date.min, other.lower or dt.date.min)
    upper = min(one.upper or dt.date.max, other.upper or dt.date.max)
    return Range(lower, upper) if lower < upper else None
