"""Each audit finds what it is for, and is silent about what is fine."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from border.kernel.audits import audits, findings, findings_for
from events.models import Event
from tests.factories import (
    ActorFactory,
    AuthorityFactory,
    CasualtyFactory,
    ContainmentFactory,
    EventCitationFactory,
    EventFactory,
    ExternalRecordFactory,
    ParticipationFactory,
    SnapshotFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryNameFactory,
)

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[1]

Make = Callable[[], object]


def found(name: str) -> list[object]:
    return [suspicion.row for suspicion in findings(name)]


def took_part(event: str, existed: str) -> object:
    return ParticipationFactory(event__date=event, actor__existed=existed)


def authority(period: str, existed: str) -> object:
    return AuthorityFactory(period=period, actor__existed=existed)


def containment(period: str, existed: str) -> object:
    return ContainmentFactory(period=period, parent__existed=existed)


def event_in(existed: str) -> object:
    return EventFactory(date="2014-08", territory__existed=existed)


def quote(locator: str) -> object:
    return EventCitationFactory(quote="The crossing was in their hands.", locator=locator)


def dispute(value: str, stance: str = "disputes") -> object:
    return EventCitationFactory(attribute="date", asserted_value=value, stance=stance)


def cited(*, cited: bool) -> object:
    event = EventFactory(territory=TerritoryFactory())
    for record in (event, event.territory):
        citations = record.citations
        if cited:
            citations.create(number=1, source=SourceFactory())
    return event if cited else {event, event.territory}


def snapshot(content: bytes | None) -> object:
    kept = SnapshotFactory()
    if content is None:
        kept.file.storage.delete(kept.file.name)
    elif content:
        kept.file.storage.delete(kept.file.name)
        kept.file.storage.save(kept.file.name, ContentFile(content))
    return kept


def pin(event_m: int, area_m: int, kind: str = "governorate", latitude: str = "35.3") -> object:
    area = TerritoryFactory(kind=kind, longitude="40.1", latitude="35.3", uncertainty_m=area_m)
    return EventFactory(territory=area, longitude="40.1", latitude=latitude, uncertainty_m=event_m)


def event_of_a_row(deleted_at: str | None, status: str = "published") -> object:
    return ExternalRecordFactory(event=EventFactory(status=status), deleted_at=deleted_at).event


def tampered(make: Make, sql: str) -> object:
    """A row changed behind Python's back."""
    row = make()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {sql} WHERE id = %s", [row.pk])
    return row


CASES: dict[str, tuple[list[Make], list[Make]]] = {
    "authorities_out_of_time": (
        [
            lambda: authority("2012/2018", "2014/.."),
            lambda: authority("2016~", "2011/2014"),
            lambda: authority("2014/..", "2014/2017"),
        ],
        [
            lambda: authority("2014/2017", "2014/2017"),
            lambda: authority("2014/2017", ""),
            lambda: authority("", "2014/2017"),
            lambda: authority("2014/2017", "2014~/2017~"),
            lambda: authority("2014-06/", "2014/2017"),
        ],
    ),
    "casualties_out_of_order": (
        [
            lambda: CasualtyFactory(low=5, best=3, high=8),
            lambda: CasualtyFactory(low=1, best=9, high=8),
            lambda: CasualtyFactory(low=9, best=None, high=8),
        ],
        [
            lambda: CasualtyFactory(low=3, best=3, high=3),
            lambda: CasualtyFactory(low=None, best=3, high=None),
            lambda: CasualtyFactory(low=2, best=None, high=8),
        ],
    ),
    "containments_out_of_time": (
        [lambda: containment("2010/2015", "2014-08/2017-11"), lambda: containment("2019", "2014/2017")],
        [lambda: containment("2014-08/2017-11", "2014-08/2017-11"), lambda: containment("1920/..", "")],
    ),
    "days_stale": (
        [
            lambda: tampered(EventFactory, "date = '2015'"),
            lambda: tampered(EventFactory, "date = 'summer 2014'"),
            lambda: tampered(ContainmentFactory, "certain = 'empty'"),
        ],
        [EventFactory, ContainmentFactory, lambda: TerritoryFactory(existed="2014~/..")],
    ),
    "disputes_without_value": (
        [lambda: dispute("")],
        [lambda: dispute("2014-06-21"), lambda: dispute("", "mentions")],
    ),
    "events_deleted_by_their_dataset": (
        [
            lambda: event_of_a_row("2024-05-01T00:00Z"),
            lambda: event_of_a_row("2024-05-01T00:00Z", status="draft"),
        ],
        [lambda: event_of_a_row(None), lambda: event_of_a_row("2024-05-01T00:00Z", status="withdrawn")],
    ),
    "events_out_of_time": (
        [lambda: event_in("2015/.."), lambda: event_in("../2013")],
        [lambda: event_in(""), lambda: event_in("2014-08-31/.."), lambda: event_in("2014-08")],
    ),
    "participants_too_early": (
        [lambda: took_part("2012-03", "2012-04/..")],
        [
            lambda: took_part("2012-04", "2012-04-30/.."),
            lambda: took_part("2012-03", "2012~/.."),
            lambda: took_part("2012-03", ""),
            lambda: took_part("2019", "2012/2014"),
        ],
    ),
    "participants_too_late": (
        [lambda: took_part("2019", "2012/2014")],
        [
            lambda: took_part("2014", "2012/2014"),
            lambda: took_part("2019", "2012/.."),
            lambda: took_part("2019", "2012/"),
            lambda: took_part("2003", "2012/2014"),
        ],
    ),
    "pins_on_areas": (
        [lambda: pin(1_000, 90_000), lambda: pin(20_000, 90_000), lambda: pin(4_999, 4_000)],
        [
            lambda: pin(90_000, 90_000),
            lambda: pin(1_000, 90_000, latitude="35.300001"),
            lambda: pin(500, 3_000, kind="town"),
        ],
    ),
    "quotes_unlocated": ([lambda: quote("")], [lambda: quote("p. 3"), EventCitationFactory]),
    "records_uncited": ([lambda: cited(cited=False)], [lambda: cited(cited=True)]),
    "search_keys_stale": (
        [
            lambda: tampered(TerritoryFactory, "name = 'Abu Kamal'"),
            lambda: tampered(TerritoryNameFactory, "search_keys = '{}'"),
        ],
        [TerritoryFactory, TerritoryNameFactory, SourceFactory, ActorFactory],
    ),
    "snapshots_changed": ([lambda: snapshot(b"other"), lambda: snapshot(None)], [lambda: snapshot(b"")]),
    "statements_undated": (
        [lambda: AuthorityFactory(period=""), lambda: ContainmentFactory(period="")],
        [AuthorityFactory, EventFactory],
    ),
}


def test_every_audit_has_its_cases() -> None:
    assert {audit.name for audit in audits()} == set(CASES)


def test_every_audit_claims_one_thing_in_a_sentence() -> None:
    claims = [audit.claim for audit in audits()]
    assert all(claim[0].isupper() and claim.endswith(".") for claim in claims)
    assert len(set(claims)) == len(claims)


@pytest.mark.parametrize(("name", "make"), [(name, make) for name in CASES for make in CASES[name][0]])
def test_audit_finds(name: str, make: Make) -> None:
    made = make()
    assert set(found(name)) == (made if isinstance(made, set) else {made})


@pytest.mark.parametrize(("name", "make"), [(name, make) for name in CASES for make in CASES[name][1]])
def test_audit_is_silent(name: str, make: Make) -> None:
    make()
    assert found(name) == []


def test_whoever_saves_a_record_is_told_of_the_rows_that_belong_to_it() -> None:
    part = took_part("2012-03", "2012-04/..")
    CasualtyFactory(event=part.event, low=9, best=3, high=3)
    other = CasualtyFactory(low=9, best=3, high=3)
    told = {str(suspicion) for suspicion in findings_for(part.event)}
    assert any("before coming into being. Not so: participation" in sentence for sentence in told)
    assert any(sentence.startswith("Of a claim's counts") for sentence in told)
    assert any("Every record has a source. Not so: event event-" in sentence for sentence in told)
    assert not any(other.event.slug in sentence for sentence in told)
    assert any(suspicion.row == part for suspicion in findings_for(part.actor))


def test_command_lists_what_it_finds_and_says_so_by_its_exit_code() -> None:
    out = StringIO()
    event = EventFactory()
    event.territory.citations.create(number=1, source=SourceFactory())
    with pytest.raises(CommandError, match="1 to look at") as caught:
        call_command("audit", stdout=out)
    assert caught.value.returncode == 1
    assert f"  event {event.slug}\n" in out.getvalue()
    event.citations.create(number=1, source=SourceFactory())
    call_command("audit", stdout=out)
    assert Event.objects.count() == 1


def test_fixtures_hold_nothing_odd_that_nobody_has_looked_at() -> None:
    """The list is golden: GOLDEN=write writes it anew, for a reviewer to read; docs/fixtures.md says why each stays."""
    out = StringIO()
    call_command("load", str(ROOT / "fixtures"), stdout=StringIO(), stderr=StringIO())
    with pytest.raises(CommandError):
        call_command("audit", stdout=out)
    kept = ROOT / "tests" / "golden" / "audit.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.write_text(out.getvalue(), encoding="utf-8")
    assert out.getvalue() == kept.read_text(encoding="utf-8")


def test_command_runs_the_audits_named_and_names_those_there_are() -> None:
    out = StringIO()
    EventFactory()
    call_command("audit", "days_stale", stdout=out)
    assert out.getvalue() == "days_stale: The days a date can mean are what its text gives now. So.\n"
    with pytest.raises(CommandError, match=r"There is no audit dates\. There are: authorities_out_of_time, "):
        call_command("audit", "dates")
    call_command("audit", "--list", stdout=out)
    assert "records_uncited: Every record has a source.\n" in out.getvalue()
