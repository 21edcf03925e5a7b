"""Events of two datasets and of ours, in the small world of the imports."""

import pytest

from events.models import Event
from tests import factories as make
from tests.imports import invented
from tests.imports.conftest import take, world  # noqa: F401 - fixtures


@pytest.fixture
def pair(world, take):  # noqa: F811
    """A fight in Bukamal as UCDP has it and as ACLED has it: the same day, place, sides and number killed."""
    make.ActorNameFactory(record_id=_actor("is"), text="Islamic State (Syria)", kind="dataset")
    make.ActorNameFactory(
        record_id=_actor("syria-state"), text="Military Forces of Syria (2000-2024)", kind="dataset"
    )
    take(invented.town())
    take(told(), header=invented.ACLED_NOW, name="acled.csv")
    return Event.objects.get(slug="ucdp-900001"), Event.objects.get(slug="acled-syr900001")


def told(**changes):
    """A row of ACLED about the same fight."""
    return invented.acled(
        **{
            "event_date": "2015-03-01",
            "year": "2015",
            "location": "Al Bukamal",
            "admin1": "Deir ez Zor",
            "admin2": "Abu Kamal",
            "latitude": "34.4522",
            "longitude": "40.9186",
            "fatalities": "5",
        }
        | changes
    )


def _actor(slug):
    from actors.models import Actor

    return Actor.objects.get(slug=slug).pk
