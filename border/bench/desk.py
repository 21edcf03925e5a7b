"""How fast the pages of a curator are: what is looked up while typing, lists, and a form with many rows."""

import statistics
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

from border.bench import measure, site
from border.bench.desk_world import CITATIONS, CITED, WHO
from events.models import Event

NAMES, EVENTS = 100_000, 50_000
# As names are typed: a few letters first, in either script, right and wrong, common and rare.
TYPED = """
ab abu al al-q ana bag bukamal deir hari haj hashd husay isl islam ka kaim kata kataib liwa qa qaim rutba sara umm
akashat qaim|battle of|raid near ab|البو|القا|القائم|ال|حر|كتا|abu kamal|al hari|akashat al-hury|kata'ib al-|zzgh
""".replace("\n", " ")
LISTS = [
    "",
    "o=-3",
    "status__exact=draft",
    "kind__exact=battle",
    "years_from=2014&years_to=2014",
    "cited=none",
    "touched=me",
    "q=qaim",
    "q=%D8%A7%D9%84%D9%82%D8%A7%D8%A6%D9%85&status__exact=draft",
]
FIELDS = [
    {"app_label": "events", "model_name": "participation", "field_name": "actor"},
    {"app_label": "events", "model_name": "event", "field_name": "territory"},
]


def terms() -> list[str]:
    """What is typed, one after the other."""
    first, *others = TYPED.split("|")
    return [*first.split(), *(term.strip() for term in others)]


def pages(event: str) -> dict[str, list[str]]:
    """The addresses that make up each figure; ``event`` is the key of the one with many citations."""
    looked_up = [{**field, "term": term} for term in terms() for field in FIELDS]
    return {
        "look-up": [f"/admin/autocomplete/?{urlencode(asked)}" for asked in looked_up],
        "list": [f"/admin/events/event/?{query}" for query in LISTS],
        "form": [f"/admin/events/event/{event}/change/"],
    }


BOUNDS = {
    "look-up": (f"look-up among {NAMES:,} names", 100.0),
    "list": (f"list of {EVENTS:,} events", 300.0),
    "form": (f"form of an event with {CITATIONS} citations", 500.0),
}


def session_of(person: Any) -> str:
    """The key of a new session of that person."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def sign_in() -> None:
    """Print a session of the curator, and the key of the event with many citations."""
    person = get_user_model().objects.get(username=WHO)
    print(session_of(person), Event.objects.get(slug=CITED).pk)


def figures(rounds: int, *, fresh: bool) -> list[tuple[str, float, float | None]]:
    """The median and the 95th percentile of each kind of page, the latter with its bound, in milliseconds."""
    environment = site.world(
        f"desk_{EVENTS}",
        f"border.bench.desk_world.make({NAMES}, {EVENTS})",
        kept_in="events_event",
        fresh=fresh,
        told=f"a world of {NAMES:,} names and {EVENTS:,} events",
    )
    site.run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    key, event = site.call(environment, "border.bench.desk.sign_in()").split()
    signed_in = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}
    found: list[tuple[str, float, float | None]] = []
    with site.served(environment):
        for kind, paths in pages(event).items():
            turns = max(2, rounds // len(paths))
            took: dict[str, list[float]] = measure.rounds(
                site.HOST, site.PORT, paths, turns, warm=1, headers=signed_in
            )
            spent: list[Any] = [one for path in paths for one in took[path]]
            name, bound = BOUNDS[kind]
            found += [
                (f"{name}, median", statistics.median(spent), None),
                (f"{name}, p95", measure.p95(spent), bound),
            ]
    return found
