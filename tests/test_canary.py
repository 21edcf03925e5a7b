"""No value that readers must not see is in any public answer, header or error, nor does one change any answer."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pyarrow.parquet as pq
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from border.api import changes, reading
from border.api.codebook import FORMAT as CODEBOOK
from border.api.measures import Day, Degrees, Instant, Kilometres, Whole, WindowEnd
from border.api.parameters import (
    Countries,
    Datasets,
    Endpoints,
    Fields,
    Flag,
    OneOf,
    Parameter,
    Phrase,
    Slugs,
    Words,
)
from border.api.questions import questions_of
from border.api.search import PARAMETERS
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from border.releases import making
from border.releases.models import Release
from sources.models import Source
from tests import factories as make
from tests.access.routes import filled, walk
from tests.api.conftest import Reader
from tests.canary import World, owned
from tests.factories import FACTORIES
from tests.publication.record import guards, run

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"zq\d{4}[a-z]")


@pytest.fixture
def reader(db_role: Any) -> Reader:
    return Reader(db_role)


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    """Static files by their own names: none are collected here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def asked(parameter: Parameter, world: World, noun: str = "") -> list[str]:
    """Values worth asking for: all words, what is public, what is hidden, what is nonsense."""
    match parameter:
        case Day() | WindowEnd() | Instant():
            dates = [date for date in world.hidden.made if re.fullmatch(r"\d{4}-\d\d-\d\d", date)]
            return [
                "2014-06-22",
                *dates[:2],
                *(["2014", "1000/2030"] if isinstance(parameter, WindowEnd) else []),
            ]
        case Words():
            return [*parameter.words, f"!{parameter.words[0]}"]
        case Slugs():
            return [
                *(
                    f"public-{parameter.endpoint}",
                    f"!public-{parameter.endpoint}",
                    f"gone-{parameter.endpoint}",
                ),
                *world.hidden_slugs(parameter.endpoint),
            ]
        case Datasets():
            sets = Source.objects.exclude(dataset="").values_list("dataset", flat=True)
            return sorted(sets)
        case Flag():
            return ["true", "false"]
        case Fields():
            return [*parameter.names, "sensitivity", "status", "id"]
        case OneOf():
            return list(parameter.words)
        case Countries():
            return ["SY", "!SY"]
        case Degrees():
            return (
                ["43,36,44,37", "-180,-90,180,90"]
                if parameter.name == "bbox"
                else ["43.5,36.5&within_km=200"]
            )
        case Kilometres():
            return ["5", "500"] if parameter.name == "border_within_km" else ["10&near=43.5,36.5"]
        case Phrase():
            return ["Bukamal", "zq", "the crossing", *texts_of(noun, world), *list(world.public.made)[:3]]
        case Whole():
            return ["1", "1000"]
        case Endpoints():
            return ["events", "!sources", "users"]
        case changes.Since():
            return ["x", "0", "1-0"]
        case Parameter(name="cursor"):
            return ["x", "eyJ", "0"]
    raise AssertionError(f"Say what to ask {type(parameter).__name__} {parameter.name} for.")


def texts_of(noun: str, world: World) -> list[str]:
    """Two hidden texts of every column of a noun and of what belongs to it; of names and titles for the search."""
    model = ENDPOINTS[noun].model if noun else None
    models = {model, *(child for child, _ in owned(model))} if model else set()
    names = {one.__name__ for one in models}
    found: dict[str, list[str]] = {}
    for text, column in world.hidden.made.items():
        belongs = column.partition(".")[0] in names or (not noun and re.search(r"name|title|text", column))
        if belongs and TOKEN.fullmatch(text):
            found.setdefault(column, []).append(text)
    return [text for texts in found.values() for text in texts[:2]]


def addresses(world: World) -> Iterator[str]:
    """Every public address, with every question that the API declares."""
    for name in ENDPOINTS:
        base = f"/api/v1/{name}/"
        yield base
        yield f"{base}?count=true&page_size=1000"
        for parameter in questions_of(name).of_list.values():
            for value in asked(parameter, world, name):
                yield f"{base}?{parameter.name}={value}"
        yield f"{base}?nonsense=1"
        for slug in (
            f"public-{name}",
            f"gone-{name}",
            f"at-risk-{name}",
            *world.hidden_slugs(name),
            "nowhere",
        ):
            yield f"{base}{slug}/"
        for parameter in questions_of(name).of_record.values():
            for value in asked(parameter, world, name)[:4]:
                yield f"{base}public-{name}/?{parameter.name}={value}"
    for value in asked(PARAMETERS["q"], world):
        yield f"/api/v1/search/?q={value}&page_size=100"
        yield f"/?q={value}"
    yield from (f"/api/v1/codebook/?format={word}" for word in CODEBOOK.words)
    yield from (
        "/api/v1/search/",
        "/api/v1/search/?q=a&endpoint=users",
        "/api/v1/search/?endpoint=findings&q=a",
    )
    yield "/api/v1/changes/?page_size=1000&documents=true"
    for parameter in changes.PARAMETERS.values():
        for value in asked(parameter, world):
            yield f"/api/v1/changes/?{parameter.name}={value}"
    yield from (f"/{route}" for route, entry in walk() if "<" not in route and not route.startswith("admin/"))
    for release in Release.objects.all():
        yield from (f"/api/v1/releases/{release.name}/", f"/releases/{release.name}/")
        yield from (f"/api/v1/releases/{release.name}/files/{file['name']}" for file in release.files)
    yield from (
        "/api/v2/",
        "/api/v1",
        "/",
        "/nowhere",
        "/static/nowhere",
        "/api/v1/events/%00/",
        "/api/v1/sources/%F0/",
    )


def staff_addresses(world: World) -> Iterator[str]:
    """Every page of the admin, of records that are hidden, as somebody without an account would try them."""
    pk = world.records["events"].pk
    values = {"object_id": pk, "id": pk, "app_label": "events", "content_type_id": 1, "url": "x", "name": "x"}
    values |= {"key": pk, "sequence": 1, "way": "change", "step": "undo", "audit": "participants_too_early"}
    values |= {"release": "2026.1", "question": "drafts", "verdict": "new", "what": "actors"}
    for route, _ in walk():
        if route.startswith("admin/"):
            yield filled(route, **values) if "<" in route else f"/{route}"


def answer(reader: Reader, address: str) -> tuple[int, str]:
    """The status, and all that an answer consists of."""
    # Whether all is fit to serve is asked of the site's own database, as its own role.
    asking = Client() if address == "/readyz" else reader
    response = asking.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    body = unpacked(body)
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    return response.status_code, f"{headers}\n\n{body.decode()}"


def unpacked(body: bytes) -> bytes:
    """What stands in a file that is packed, Parquet or ZIP, as text; of anything else what it is."""
    if body.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(body))
        return f"{table.schema}\n{table.to_pylist()}".encode()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\n".join(unpacked(packed.read(name)) for name in packed.namelist())
    return body


def echoed(address: str, text: str) -> str:
    """``text`` without the words that the question itself brought along."""
    for word in TOKEN.findall(address):
        text = text.replace(word, "…")
    asked = [value for _, value in parse_qsl(urlsplit(address).query)]
    return re.sub("^Link: .*$", lambda line: _without(line[0], asked), text, flags=re.MULTILINE)


def _without(line: str, words: list[str]) -> str:
    """A line of headers that names addresses, without the words of the question in them."""
    for word in words:
        line = line.replace(word, "…")
    return line


def release(world: World) -> None:
    """Two releases, and a difference between them that was published for a reason that is not public."""
    source = world.public.fill(make.SourceFactory(slug="since"))
    operations.publish(source, by=world.reviewer, reason=world.hidden.text())
    making.make("2026.1", by=world.reviewer)
    source.title = world.public.value(Source._meta.get_field("title"))
    source.save()
    operations.publish(source, by=world.reviewer, reason=world.hidden.text())
    making.make("2026.2", by=world.reviewer)


def test_no_answer_holds_a_hidden_value(reader: Reader) -> None:
    world = World("a")
    release(world)
    said, statuses = [], set()
    for address in addresses(world):
        status, text = answer(reader, address)
        said.append(text)
        statuses.add(status)
        assert world.leaks(echoed(address, text)) == [], address
        if TOKEN.search(address) and not TOKEN.findall(address)[0].endswith("p") and status == 200:
            none = "Nobody and nothing public is called so" if address.startswith("/?") else '"results":[]'
            assert none in text, f"{address} finds something by a hidden value"
    assert {200, 400, 404, 410} <= statuses
    assert 500 not in statuses
    all_said = "".join(said).lower()
    unseen = {column for token, column in world.public.made.items() if token not in all_said}
    assert unseen == UNSEEN, "what may be seen is seen: otherwise this test proves nothing"


def test_no_static_file_holds_a_hidden_value(db: None) -> None:
    world, count = World("a"), 0
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            if path.endswith((".js", ".css", ".json", ".geojson", ".svg", ".html", ".txt")):
                with storage.open(path) as file:
                    assert world.leaks(file.read().decode(errors="replace")) == [], path
                count += 1
    assert count > 100


# Public columns that no document shows: they are for curators.
UNSEEN = {"Source.confidence_reason"}


def test_pages_of_the_admin_show_strangers_nothing(client: Any) -> None:
    world = World("a")
    client.raise_request_exception = False
    count = 0
    for address in staff_addresses(world):
        response = client.get(address)
        assert response.status_code in {200, 302, 403, 404}, address
        assert isinstance(response.wsgi_request.user, AnonymousUser)
        body = response.content.decode() + str(response.headers)
        assert world.leaks(echoed(address, body)) == [], address
        count += 1
    assert count > 150


# Moments differ from one run to the next, and nothing else may.
SETTLED = """
UPDATE published_entry SET at = '2026-01-01';
UPDATE published_block SET at = '2026-01-01', digest = sha256(id::text::bytea);
UPDATE published_name SET known = tstzrange('2026-01-01', CASE WHEN upper_inf(known) THEN NULL ELSE '2026-01-02'::timestamptz END);
"""


def answers(reader: Reader, world: World, questions: list[str]) -> dict[str, tuple[int, str]]:
    """What ``world`` answers to each question, as if all had been published at one moment."""
    guards("DISABLE")
    run(SETTLED)
    for endpoint in ENDPOINTS.values():
        until = "CASE WHEN upper_inf(known) THEN NULL ELSE '2026-01-02'::timestamptz END"
        run(f"UPDATE {endpoint.table} SET known = tstzrange('2026-01-01', {until})")
        # The digest of an erased text is all that is left of it: the chain rests on it (docs/publication.md).
        run(
            "UPDATE published_entry e SET digest = sha256(e.sequence::text::bytea) "
            f"FROM {endpoint.table} p WHERE p.sequence = e.sequence AND p.document IS NULL"
        )
    return {address: answer(reader, address) for address in questions}


@pytest.mark.slow
def test_no_hidden_value_changes_any_answer(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two worlds that differ in hidden values only cannot be told apart, though one is asked for its own."""
    questions: list[str] = []
    worlds = []
    for letter in "ab":
        monkeypatch.setattr(reading, "REMEMBERED", reading.Remembered())
        for factory in FACTORIES.values():
            factory.reset_sequence(0)
        with transaction.atomic():
            run("ALTER SEQUENCE published_entry_sequence_seq RESTART WITH 1")
            world = World(letter)
            questions = questions or list(addresses(world))
            worlds.append(answers(reader, world, questions))
            transaction.set_rollback(True)
    assert len(questions) > 800
    one, other = worlds
    differing = [address for address in questions if one[address] != other[address]]
    assert differing == [], (one[differing[0]], other[differing[0]])
