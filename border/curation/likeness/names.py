"""How alike two actors or two territories are: by their names, their ids elsewhere, kind, place and relations."""

from collections import defaultdict
from collections.abc import Iterable
from math import cos, radians
from typing import Any

from django.db.models import Q

from actors.models import Actor, Relationship
from border.curation.likeness.alike import DEGREE_M, Alike, never_met
from border.curation.likeness.alike import apart as distance
from border.curation.likeness.pairs import Keys, found, same_value, shared_keys
from border.kernel.names import grade
from territories.models import Containment, Territory

# The same spelling, the same letters, the same consonants or one word's consonants if there are three.
TELLING = "^([ef]:..|[st]:...)"
# How far apart two places can be that are one.
NEAR_M, FAR_M = 2_000, 20_000
NAME, KIND = 0.6, 0.15
# An id in another dataset: what it says when it is the same, and when both have one and it is not.
IDS = {
    "wikidata_id": (0.4, -0.4),
    "geonames_id": (0.4, -0.4),
    "pcode": (0.3, -0.3),
    "acled_name": (0.25, 0.0),
    "ucdp_name": (0.25, 0.0),
    "ucdp_id": (0.1, -0.2),
}
# Two that somebody relates to each other are two to somebody.
PART, RELATED, OTHER_KIND, OTHER_COUNTRY, OTHER_TIME = -0.5, -0.4, -0.25, -0.25, -0.1

Pair = tuple[int, int]


def alike(model: Any, apart: str, pk: int | None = None) -> list[Alike]:
    """The records of ``model`` that are like ``pk``, or all pairs that are alike."""
    ids = [name for name in IDS if any(column.name == name for column in model._meta.fields)]
    keys = [shared_keys(model, TELLING), *(same_value(model, f"r.{name}") for name in ids)]
    if model is Territory:
        keys += _cells()
    return _weighed(model, ids, found(model, keys, apart, pk))


def _cells() -> list[Keys]:
    """Cells of about 2 km in which a place and its like fall, laid four times so that no edge divides them."""
    return [
        same_value(
            Territory,
            f"r.kind || floor(r.latitude * 25 + {north}) || ' ' || floor(r.longitude * 20 + {east})",
            "r.latitude IS NOT NULL",
        )
        for north in (0, 0.5)
        for east in (0, 0.5)
    ]


def _weighed(model: Any, ids: list[str], pairs: list[Pair]) -> list[Alike]:
    wanted = {pk for pair in pairs for pk in pair}
    records = model._default_manager.in_bulk(wanted)
    names = _names(model, records)
    apart = _parted(model, wanted)
    return [
        _compared(
            Alike(one, other), records[one], records[other], ids, names, apart.get(frozenset((one, other)))
        )
        for one, other in pairs
    ]


def _names(model: Any, records: dict[int, Any]) -> dict[int, list[tuple[str, bool]]]:
    """Every name of each record, and whether it is also used for something else."""
    names = {pk: [(text, False) for text in record.keyed_texts() if text] for pk, record in records.items()}
    rows = model._meta.get_field("names").related_model._default_manager.filter(record__in=records)
    for pk, text, ambiguous in rows.values_list("record", "text", "ambiguous"):
        names[pk].append((text, ambiguous))
    return names


def _parted(model: Any, ids: Iterable[int]) -> dict[frozenset[int], tuple[float, str]]:
    """The pairs that a statement relates to each other, with what that weighs and says."""
    both: dict[frozenset[int], tuple[float, str]] = {}
    if model is Territory:
        rows = Containment.objects.filter(child__in=ids, parent__in=ids).values_list("child", "parent")
        return {frozenset(pair): (PART, "One lies in the other.") for pair in rows}
    related = Relationship.objects.filter(Q(subject__in=ids) & Q(object__in=ids))
    for relation in related:
        said = f"They are related: {relation.get_kind_display().lower()}."
        both[frozenset((relation.subject_id, relation.object_id))] = (RELATED, said)
    parts = Actor.objects.filter(pk__in=ids, parent__in=ids).values_list("pk", "parent")
    return both | {frozenset(pair): (PART, "One is a part of the other.") for pair in parts}


def _compared(
    it: Alike,
    one: Any,
    other: Any,
    ids: list[str],
    names: dict[int, list[tuple[str, bool]]],
    parted: tuple[float, str] | None,
) -> Alike:
    _name(it, names[one.pk], names[other.pk])
    for name in ids:
        mine, theirs = getattr(one, name), getattr(other, name)
        called = one._meta.get_field(name).verbose_name
        if mine and mine == theirs:
            it.weigh(IDS[name][0], f"The same {called}: {mine}.")
        elif mine and theirs and IDS[name][1]:
            it.weigh(IDS[name][1], f"Another {called}: {mine} and {theirs}.")
    if one.kind == other.kind:
        it.weigh(KIND, f"The same kind: {one.get_kind_display().lower()}.")
    else:
        kinds = f"{one.get_kind_display().lower()} and {other.get_kind_display().lower()}"
        it.weigh(OTHER_KIND, f"Another kind: {kinds}.")
    if one.countries and other.countries and not {*one.countries} & {*other.countries}:
        it.weigh(
            OTHER_COUNTRY, f"Other countries: {' '.join(one.countries)} and {' '.join(other.countries)}."
        )
    if one.existed and other.existed and never_met(one.possible, other.possible):
        it.weigh(OTHER_TIME, f"Another time: {one.existed} and {other.existed}.")
    if isinstance(one, Territory):
        _place(it, one, other)
    if parted:
        it.weigh(*parted)
    return it


def _name(it: Alike, mine: list[tuple[str, bool]], theirs: list[tuple[str, bool]]) -> None:
    best: dict[float, tuple[str, str]] = defaultdict(lambda: ("", ""))
    for text, ambiguous in mine:
        for like, shared in theirs:
            if graded := grade(text, like):
                best[graded[1] / (2 if ambiguous or shared else 1)] = (text, like)
    if best:
        text, like = best[max(best)]
        said = f"The same name: {text}." if text == like else f"Names that are alike: {text}, {like}."
        it.weigh(NAME * max(best), said)


def _place(it: Alike, one: Territory, other: Territory) -> None:
    if one.point is None or other.point is None:
        return
    east = float(one.point[0] - other.point[0]) * cos(radians(one.point[1]))
    north = float(one.point[1] - other.point[1])
    metres = DEGREE_M * (east**2 + north**2) ** 0.5
    unsure = (one.uncertainty_m or 0) + (other.uncertainty_m or 0)
    if metres <= NEAR_M:
        it.weigh(0.25, f"{distance(metres).capitalize()}.")
    elif metres > max(unsure, NEAR_M):
        it.weigh(-0.5 if metres > max(unsure, FAR_M) else -0.25, f"{distance(metres).capitalize()}.")
