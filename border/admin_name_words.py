"""Names of datasets in words: who and where may be meant, what was decided, and a row that has the name."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, Q
from django.urls import reverse

from actors.models import Actor
from border.admin_numbers import address_of
from border.imports.choices import Answer, Found
from border.imports.deciding import Said
from border.imports.listed import LISTS, listed
from border.imports.models import ActorReading, Decision, NameCount, PlaceReading
from border.imports.queue import LINKS
from border.kernel.records import Status
from territories.models import Territory

# What a list of actors tells of one beside its names, as pages say it.
_FACTS = {
    "location": "Where UCDP has it",
    "earlier": "Came from",
    "later": "Split off for a time",
    "alliance": "Allied in",
    "joined": "Joined",
}


def written(said: Said) -> str:
    """What was said, as a form sends it: this:12,13."""
    return f"{said.answer.value}:{','.join(map(str, said.named))}"


def read(what: str, text: str) -> Said | None:
    """What a form sent; None where nobody can have meant it."""
    answer, _, named = text.partition(":")
    keys = tuple(int(key) for key in named.split(",") if key.isdecimal() and len(key) < 19)
    if answer not in Answer:
        return None
    if what == "actors":
        return Said(Answer(answer), actors=tuple(dict.fromkeys(keys)))
    return Said(Answer(answer), territory=keys[0] if keys else None)


class Words:
    """What pages say of readings: the records that they name are asked for at once."""

    def __init__(self, what: str, readings: Iterable[Any]) -> None:
        self.what, self.readings = what, list(readings)
        link = LINKS[what]
        keys = [one.pk for one in self.readings]
        decisions = Decision.objects.filter(**{f"{link}__in": keys}).order_by("pk")
        self._decisions: dict[int, list[Decision]] = {key: [] for key in keys}
        for one in decisions.select_related("decided_by"):
            self._decisions[getattr(one, f"{link}_id")].append(one)
        self._examples: dict[int, list[Any]] = {}
        counted = NameCount.objects.filter(**{f"{link}__in": keys}).order_by("-pk")
        for key, examples in counted.values_list(f"{link}_id", "examples"):
            self._examples.setdefault(key, examples)
        model: type[Model] = Actor if what == "actors" else Territory
        wanted = {
            key
            for one in self.readings
            for key in (*self._candidates_of(one), getattr(one, "territory_id", None))
        }
        slugs = {slug for said in self._decisions.values() for one in said for slug in one.slugs}
        self._labels, self._by_slug = labels(model, wanted - {None}, slugs)

        self._listed: dict[tuple[str, str], dict[str, Any]] = {}
        if what == "actors":
            for dataset in sorted({one.dataset for one in self.readings} & LISTS.keys()):
                keys = [one.key for one in self.readings if one.dataset == dataset]
                self._listed |= {(dataset, key): told for key, told in listed(dataset, keys).items()}

    def _candidates_of(self, reading: Any) -> list[int]:
        if isinstance(reading, PlaceReading):
            return list(reading.candidates)
        return sorted(one.actor_id for one in reading.meant.all())

    def row(self, reading: Any) -> dict[str, Any]:
        """What a list says of a reading."""
        decisions = self._decisions[reading.pk]
        examples = self._examples.get(reading.pk, [])
        return {
            "reading": reading,
            "name": reading.name or "–",
            "found": Found(reading.found),
            "place": self._place(reading),
            "listed": self._as_listed(reading),
            "candidates": self.candidates(reading),
            "meant": self._meant(reading),
            "decision": self.decision(decisions[-1]) if reading.decided_by_id and decisions else None,
            "example": examples[0] if examples else None,
            "examples": examples,
            "seen": decisions[-1].pk if decisions else 0,
            "address": reverse("admin:import_name", args=[self.what, reading.pk]),
        }

    def history(self, reading: Any) -> list[dict[str, Any]]:
        """What was decided, the latest first."""
        return [self.decision(one) for one in reversed(self._decisions[reading.pk])]

    def decision(self, one: Decision) -> dict[str, Any]:
        """A decision, in words."""
        named = [
            self._by_slug.get(slug, {"label": slug, "address": "", "stands": False}) for slug in one.slugs
        ]
        return {
            "decision": one,
            "answer": Answer(one.answer),
            "named": named,
            "taken_back": one.answer == Answer.LOOKED_UP and one.decided_by is not None,
        }

    def candidates(self, reading: Any) -> list[dict[str, Any]]:
        """What may be meant by a name that waits, each with what a form sends to say so; only what stands."""
        if reading.found not in {Found.UNSURE, Found.UNKNOWN}:
            return []
        found = [
            {"said": written(self._this(key)), **self._labels[key], "verb": ""}
            for key in self._candidates_of(reading)
            if key in self._labels and self._labels[key]["stands"]
        ]
        around = getattr(reading, "territory_id", None)
        if around in self._labels:
            said = Said(Answer.WITHIN, territory=around)
            found.append({"said": written(said), **self._labels[around], "verb": "Lies in"})
        return found

    def first(self, reading: Any) -> Said | None:
        """The first of those who may be meant by a name that is unsure; None where there is none."""
        if reading.found != Found.UNSURE:
            return None
        found = self.candidates(reading)
        said = read(self.what, found[0]["said"]) if found else None
        return said if said and said.answer == Answer.THIS else None

    def _this(self, key: int) -> Said:
        return Said(Answer.THIS, actors=(key,)) if self.what == "actors" else Said(Answer.THIS, territory=key)

    def _meant(self, reading: Any) -> list[dict[str, Any]]:
        """Who or where is meant, as it stands."""
        if reading.found not in {Found.MATCHED, Found.WITHIN}:
            return []
        keys = self._candidates_of(reading) if isinstance(reading, ActorReading) else [reading.territory_id]
        return [self._labels[key] for key in keys if key in self._labels]

    def _as_listed(self, reading: Any) -> dict[str, Any]:
        """What the dataset's list of actors says of somebody: its further names, and what else it tells."""
        told = self._listed.get((reading.dataset, getattr(reading, "key", "")))
        if told is None:
            return {}
        others = [name for name in dict.fromkeys([told["name"], *told["names"]]) if name != reading.name]
        facts = [(_FACTS[fact], told[fact]) for fact in _FACTS if fact in told]
        return {"names": others, "facts": facts}

    def _place(self, reading: Any) -> str:
        if not isinstance(reading, PlaceReading):
            return ""
        return ", ".join(filter(None, [*reversed(reading.divisions), reading.country]))


def labels(
    model: type[Model], keys: Iterable[Any], slugs: Iterable[str]
) -> tuple[dict[int, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Records by their ids, and by their slugs: what tells each from its namesakes, its page, and whether it stands."""
    shown: Any = admin.site._registry[model]
    found = shown.labelled(model._default_manager.filter(Q(pk__in=list(keys)) | Q(slug__in=list(slugs))))
    said = [
        (
            one,
            {
                "label": shown.label(one),
                "address": address_of(shown, "change", one.pk),
                "stands": one.status != Status.WITHDRAWN,
            },
        )
        for one in found
    ]
    return {one.pk: told for one, told in said}, {one.slug: told for one, told in said}
