"""The records worth comparing with one are found by its own keys; they are those that a look at all pairs finds."""

import pytest

from actors.models import Actor
from border.curation.likeness import names, pairs, sources
from sources.models import Source
from territories.models import Territory
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryNameFactory,
)


def ends(alike):
    return {frozenset((one.one, one.other)) for one in alike}


@pytest.mark.django_db
def test_records_like_one_are_those_in_the_pairs_of_all(monkeypatch):
    # A key that four share tells nobody from anybody.
    monkeypatch.setattr(pairs, "COMMON", 3)
    for number, name in enumerate(["Liwa Fatimiyun", "Fatimiyoun Brigade", "Kata'ib Hizballah", "Hizballah"]):
        actor = ActorFactory(name=name, name_ar="")
        ActorNameFactory(
            record=actor, text=["Fatemiyoun", "Liwa al-Fatimiyyun", "KH", "Party of God"][number]
        )
    for name in ("Hashd Ashairi", "Hashd Shaabi", "Hashd Turkmani", "Hashd Qaim"):
        ActorFactory(name=name, name_ar="")
    for place in range(5):
        town = TerritoryFactory(
            name=f"Tall {place}", longitude=41, latitude=34.4, uncertainty_m=500, kind="town"
        )
        TerritoryNameFactory(
            record=town, text=["Husaybah", "Hasiba", "Qusaybah", "Karabilah", "Husayba"][place]
        )
    for number in range(4):
        SourceFactory(title=f"Report {number % 2}", url=f"https://example.org/{number % 3}", isbn="", doi="")
    for model, alike in [
        (Actor, lambda pk=None: names.alike(Actor, "true", pk)),
        (Territory, lambda pk=None: names.alike(Territory, "true", pk)),
        (Source, lambda pk=None: sources.alike("true", pk)),
    ]:
        everyone = ends(alike())
        assert everyone, model
        for pk in model.objects.values_list("pk", flat=True):
            assert ends(alike(pk)) == {pair for pair in everyone if pk in pair}, (model, pk)
