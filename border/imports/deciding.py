"""Saying who or where is meant by names of datasets: remembered with who and when, never over what somebody said meanwhile."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from actors.models import Actor
from border.curation.likeness.alike import metres
from border.imports.choices import Answer, Found
from border.imports.matching import NEAR_M, SAME_WORDS, look_up
from border.imports.models import WAITING, ActorReading, Decision, Meant, PlaceReading
from border.kernel.records import Status
from territories.models import Territory

# The same words close by are the same place: those that wait, and those that were decided in one go with it.
_ALONG = f"""
SELECT a.id, b.id FROM imports_placereading a JOIN imports_placereading b USING (dataset, name, divisions, country)
WHERE a.id = ANY(%(ids)s) AND b.id <> a.id AND {metres("a", "b")} <= {NEAR_M} AND CASE
    WHEN b.decided_by_id IS NULL THEN b.found = ANY(%(waiting)s) OR b.how = '{SAME_WORDS}'
    ELSE (b.decided_by_id, b.decided_at) = (a.decided_by_id, a.decided_at) END
ORDER BY 1, 2
"""


class DecisionRefused(Exception):
    """What was said cannot be decided; ``problems`` say why."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Said:
    """What somebody says of a name: who or where is meant."""

    answer: Answer
    actors: tuple[int, ...] = ()
    territory: int | None = None

    @property
    def named(self) -> tuple[int, ...]:
        """The records that are named, by their ids."""
        return self.actors or ((self.territory,) if self.territory else ())


@dataclass
class Outcome:
    """The readings that were decided, those decided along with them, and those of which somebody else said something meanwhile."""

    decided: list[Any] = field(default_factory=list)
    along: list[Any] = field(default_factory=list)
    overtaken: list[Any] = field(default_factory=list)


def decide(model: type[Any], said: Mapping[int, Said], *, seen: Mapping[int, int], by: Any) -> Outcome:
    """Decide the readings of ``model`` with these ids. Raises DecisionRefused, and nothing is decided.

    ``seen`` is the latest decision that whoever decides knew of each, 0 for none: where there is a later one, it stands, and
    the reading is among those that were overtaken. Taken back is what is said to be looked up again.
    """
    _require(model, said.values())
    with transaction.atomic():
        along, outcome = _along(model, said), Outcome()
        held = _held(model, {*said, *along})
        known = _known(model, held)
        chosen: dict[int, Said] = {}
        for key, answer in said.items():
            if key not in held:
                continue
            if known.get(key, 0) != seen.get(key, 0):
                outcome.overtaken.append(held[key])
            elif answer.answer != Answer.LOOKED_UP or held[key].decided_by_id:
                chosen[key] = answer
                outcome.decided.append(held[key])
        for key, of in along.items():
            if of in chosen and key in held and key not in said:
                chosen[key] = said[of]
                outcome.along.append(held[key])
        _keep(model, chosen, fresh=[key for key in chosen if key not in known], by=by)
    return outcome


def latest(reading: Any) -> Decision | None:
    """What was said of a reading last."""
    found: Decision | None = reading.decisions.order_by("-pk").first()
    return found


def _require(model: type[Any], said: Iterable[Said]) -> None:
    """Raises DecisionRefused unless what is said names records that stand, and as many as it takes."""
    answers = set(said)
    actors = {key for one in answers for key in one.actors}
    territories = {one.territory for one in answers if one.territory}
    problems = []
    for one in answers:
        of_place = model is PlaceReading
        if one.answer in {Answer.THIS, Answer.WITHIN} and not (one.territory if of_place else one.actors):
            problems.append("Say which territory." if of_place else "Say which actor.")
        if one.answer == Answer.WITHIN and not of_place:
            problems.append("An actor lies in no territory.")
    for noun, keys in ((Actor, actors), (Territory, territories)):
        there = set(
            noun._default_manager.filter(pk__in=keys)
            .exclude(status=Status.WITHDRAWN)
            .values_list("pk", flat=True)
        )
        if keys - there:
            problems.append(
                f"This {noun._meta.verbose_name} is withdrawn, goes on as another, or is gone: choose one that stands."
            )
    if problems:
        raise DecisionRefused(*dict.fromkeys(problems))


def _along(model: type[Any], keys: Collection[int]) -> dict[int, int]:
    """Readings of the same place as those with these ids, each with the one that it is the same as."""
    if model is not PlaceReading:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ALONG, {"ids": list(keys), "waiting": [one.value for one in WAITING]})
        return {other: one for one, other in cursor.fetchall()}


def _held(model: type[Any], keys: Collection[int]) -> dict[int, Any]:
    """The readings, held until the transaction ends in the order of their ids."""
    rows = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    return {one.pk: one for one in rows.order_by("pk")}


def _known(model: type[Any], keys: Collection[int]) -> dict[int, int]:
    """The number of the latest decision about each reading that has one."""
    link = _link(model)
    rows = Decision.objects.filter(**{f"{link}__in": list(keys)}).values(link).annotate(last=Max("pk"))
    return {row[link]: row["last"] for row in rows.order_by()}


def _link(model: type[Any]) -> str:
    return "actor_reading" if model is ActorReading else "place_reading"


def _keep(model: type[Any], chosen: Mapping[int, Said], *, fresh: Collection[int], by: Any) -> None:
    """Keep what was decided, after what was looked up of readings of which nobody decided before."""
    now = timezone.now()
    back = [key for key, said in chosen.items() if said.answer == Answer.LOOKED_UP]
    slugs = _slugs(model, chosen.values())
    _add(model, Answer.LOOKED_UP, _looked_up(model, fresh), decided_at=now, settled_at=now)
    for answer in (Answer.THIS, Answer.WITHIN, Answer.NOBODY):
        named = {
            key: [slugs[one] for one in sorted(said.named)]
            for key, said in chosen.items()
            if said.answer == answer
        }
        _add(model, answer, named, decided_at=now, decided_by=by)
    rows = model._default_manager.filter(pk__in=list(chosen))
    rows.exclude(pk__in=back).update(decided_by=by, decided_at=now)
    rows.filter(pk__in=back).update(decided_by=None, decided_at=None)
    by_dataset: dict[str, list[int]] = {}
    for key, dataset in rows.values_list("pk", "dataset"):
        by_dataset.setdefault(dataset, []).append(key)
    for dataset, keys in by_dataset.items():
        look_up(dataset, **{"actors" if model is ActorReading else "places": keys})
    _add(model, Answer.LOOKED_UP, _looked_up(model, back), decided_at=now, decided_by=by)


def _slugs(model: type[Any], said: Iterable[Said]) -> dict[int, str]:
    noun: type[Any] = Actor if model is ActorReading else Territory
    rows = noun._default_manager.filter(pk__in={key for one in said for key in one.named})
    return dict(rows.values_list("pk", "slug"))


def _looked_up(model: type[Any], keys: Collection[int]) -> dict[int, list[str]]:
    """By slugs, who takes part by each reading that nobody decided, or where it lies."""
    found: Any
    if model is ActorReading:
        meant = Meant.objects.filter(reading__in=list(keys), reading__found=Found.MATCHED).order_by("actor")
        found = meant.values_list("reading_id", "actor__slug")
    else:
        places = PlaceReading.objects.filter(pk__in=list(keys), territory__isnull=False)
        found = places.values_list("pk", "territory__slug")
    named: dict[int, list[str]] = {key: [] for key in keys}
    for key, slug in found:
        named[key].append(slug)
    return named


def _add(model: type[Any], answer: Answer, named: Mapping[int, list[str]], **of: Any) -> None:
    link = f"{_link(model)}_id"
    Decision.objects.bulk_create(
        [Decision(**{link: key}, answer=answer, slugs=slugs, **of) for key, slugs in named.items()]
    )
