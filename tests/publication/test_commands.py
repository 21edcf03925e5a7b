"""Publishing, withdrawing and verifying from the shell: what they say, and their exit codes."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.history import chain as history
from border.publication import chain, operations
from tests import factories as make
from tests.publication.conftest import Publish, Writing
from tests.publication.record import everything, guards, ledger, run, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reviewers(reviewer: Any) -> None:
    reviewer.groups.add(Group.objects.get(name="reviewer"))


def say(command: str, *args: str, **options: Any) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(command: str, *args: str, **options: Any) -> str:
    with pytest.raises(CommandError) as error:
        say(command, *args, **options)
    assert error.value.returncode == 1
    return str(error.value)


REVIEW = {"by": "reviewer", "reason": "Checked."}


def test_publish_all_publishes_what_differs_and_says_so() -> None:
    event = make.EventFactory(slug="fall")
    paper = make.cite(event, attribute="kind").source
    make.cite(event.territory, source=paper)
    said = say("publish", all=True, **REVIEW)
    assert said.splitlines() == [
        "note: 1 of 1 events lack a citation for the date.",
        "sources            1 added, 0 changed",
        "territories        1 added, 0 changed",
        "events             1 added, 0 changed",
        f"Published. The head is {chain.head()}",
    ]
    event.note = "A note."
    event.save()
    assert "events             0 added, 1 changed" in say("publish", all=True, **REVIEW)
    assert ledger()[-1] == ("changed", "events/fall")


def test_publish_all_has_nothing_to_do_the_second_time() -> None:
    make.SourceFactory()
    say("publish", all=True, **REVIEW)
    head = chain.head()
    assert (
        say("publish", all=True, **REVIEW) == "Nothing to publish: readers see every record as it stands.\n"
    )
    assert chain.head() == head


def test_publish_all_leaves_withdrawn_records_and_hidden_sources_alone(reviewer: Any) -> None:
    source = make.SourceFactory()
    make.SourceFactory(sensitivity="restricted")
    assert "1 sources are left out: they are not public." in say("publish", all=True, **REVIEW)
    operations.withdraw(source, by=reviewer, reason="In doubt.")
    assert "Nothing to publish" in say("publish", all=True, **REVIEW)
    assert "1 added" in say("publish", table="sources", slug=[source.slug], **REVIEW)


def test_publish_takes_single_records_of_a_table() -> None:
    make.SourceFactory(slug="one")
    make.SourceFactory(slug="two")
    say("publish", table="sources", slug=["one"], **REVIEW)
    assert ledger() == [("added", "sources/one")]
    say("publish", table="sources", **REVIEW)
    assert ledger()[-1] == ("added", "sources/two")


def test_rehearsal_changes_nothing() -> None:
    source = make.SourceFactory()
    said = say("publish", all=True, dry_run=True, **REVIEW)
    assert "1 added" in said
    assert "This was a rehearsal: nothing was published." in said
    assert ledger() == []
    source.refresh_from_db()
    assert source.status == "draft"


def test_publish_refuses_all_when_one_is_not_fit(writing: Writing, author: Any) -> None:
    author.groups.add(Group.objects.get(name="reviewer"))
    make.SourceFactory()
    with writing():
        make.SourceFactory(slug="mine")
    assert refused("publish", all=True, by="author", reason="Good.") == (
        "sources/mine has changes of yours: somebody else must review it.\n1 problem; nothing was published."
    )
    assert ledger() == []


def test_publish_refuses_what_cites_nothing() -> None:
    make.ActorFactory(slug="hearsay")
    assert refused("publish", all=True, **REVIEW) == (
        "actors/hearsay cites nothing that supports it: add a citation.\n1 problem; nothing was published."
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"all": True, "by": "nobody", "reason": "x"}, "There is no user called nobody."),
        ({"all": True, "by": "author", "reason": "x"}, "author may not publish: name a reviewer with --by."),
        ({"all": True, "by": "reviewer", "reason": " "}, "Give a reason"),
        ({"all": True, "slug": ["x"], **REVIEW}, "A slug belongs to one table"),
        (
            {"table": "battles", **REVIEW},
            'No table is called "battles". The tables are: sources, territories',
        ),
        ({"table": "crossing_statuses", "slug": ["x"], **REVIEW}, "There is no crossing-statuses/x"),
    ],
)
@pytest.mark.usefixtures("author")
def test_publish_says_what_is_wrong(options: dict[str, Any], said: str) -> None:
    assert said in refused("publish", **options)


def test_withdraw_takes_a_record_back(publish: Publish) -> None:
    publish(make.ActorFactory(slug="liwa"))
    assert "actors/liwa is withdrawn." in say("withdraw", "actors/liwa", **REVIEW)
    assert text("actors/liwa") is None
    assert refused("withdraw", "actors/liwa", **REVIEW) == "actors/liwa is not public."


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("liwa", '"liwa" is no record. Write ENDPOINT/SLUG'),
        ("battles/liwa", "the endpoints are: sources"),
        ("actors/", "is no record"),
        ("actors/liwa", "There is no actors/liwa."),
    ],
)
def test_withdraw_says_what_is_wrong(record: str, said: str) -> None:
    assert said in refused("withdraw", record, **REVIEW)


def test_erase_removes_what_a_withdrawn_record_said(publish: Publish) -> None:
    publish(make.ActorFactory(slug="liwa", name="Tok3n"))
    assert "withdraw it first" in refused("erase", "actors/liwa", **REVIEW)
    say("withdraw", "actors/liwa", **REVIEW)
    assert "actors/liwa: 1 past versions are erased." in say("erase", "actors/liwa", **REVIEW)
    assert "Tok3n" not in everything()
    assert "has no text to erase" in refused("erase", "actors/liwa", **REVIEW)
    assert "is whole" in say("verify")


def test_verify_prints_the_head_or_every_fault(publish: Publish) -> None:
    publish(make.ActorFactory(slug="liwa"), make.ActorFactory(slug="other"))
    head = chain.head()
    assert say("verify") == (
        f"The published record is whole. Its head is {head}\nThe history is whole. Its head is {history.head()}\n"
    )
    assert head in say("verify", head=head)
    assert "was rewritten" in refused("verify", head="1:00")
    guards("DISABLE")
    run("DELETE FROM published_actors")
    found = refused("verify")
    assert found.count("is in the ledger and not in its table.\n") == 2
    assert found.endswith("2 faults: the published record is not what was published.")


@pytest.mark.slow
def test_a_thousand_events_take_one_statement_an_endpoint(reviewer: Any) -> None:
    territory = make.TerritoryFactory()
    model = make.EventFactory._meta.model
    model.objects.bulk_create(
        [make.EventFactory.build(slug=f"imported-{n}", territory=territory) for n in range(1000)]
    )
    make.EventCitationFactory._meta.model.objects.bulk_create(
        [
            make.EventCitationFactory._meta.model(record=event, number=1, source=source, quote="Seen.")
            for source in [make.SourceFactory()]
            for event in model.objects.all()
        ]
    )
    world = [
        model.objects.all(),
        type(territory).objects.all(),
        make.SourceFactory._meta.model.objects.all(),
    ]
    with CaptureQueriesContext(connection) as queries:
        assert operations.publish(*world, by=reviewer, reason="Checked.").total == 1002
    assert sum('INSERT INTO "published_events"' in query["sql"] for query in queries) == 1
    assert len(queries) < 80
    territory.name = "Another name"
    territory.save()
    with CaptureQueriesContext(connection) as queries:
        operations.publish(territory, by=reviewer, reason="Checked.")
    assert sum('INSERT INTO "published_events"' in query["sql"] for query in queries) == 1
    assert len(queries) < 80
    assert list(chain.verify()) == []
