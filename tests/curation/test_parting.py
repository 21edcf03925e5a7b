"""Taking a merge back, whenever it is, and giving to another record what belongs to it."""

import random
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.core.management import call_command

from border.curation.merging import fillable, merge
from border.curation.moving import links_to, pointing
from border.curation.parting import beside, changes_of, split, undo_merge
from border.curation.refusal import MergeRefused
from border.history import undo
from border.history.selection import in_context
from tests import factories as make
from tests.curation.conftest import surrounded

pytestmark = pytest.mark.django_db
NOUNS = [make.ActorFactory, make.TerritoryFactory, make.SourceFactory, make.EventFactory]


def dump(folder: Path) -> dict[str, str]:
    """The working tables as their curators' CSV."""
    call_command("dump", str(folder), verbosity=0)
    return {
        str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def later(by: Any) -> Any:
    """What is changed within is a change of its own, as another request would make it."""
    return pghistory.context(user=by.pk, via="admin")


def undone(made: Any, by: Any) -> Any:
    return undo_merge(made, by=by, reason="They are two after all.")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("factory", NOUNS)
def test_merging_and_taking_back_leaves_the_dump_as_it_was(
    factory: Any, seed: int, curator: Any, tmp_path: Path
) -> None:
    """Worlds drawn at random: each foreign key leads to either record, to both, or to neither."""
    lot = random.Random(seed)
    kept, dropped, bystander = factory(note="Mine."), factory(), factory()
    for record in (kept, dropped, bystander):
        chosen = [link for link in links_to(type(record)) if lot.random() < 0.5 and not link.field.unique]
        surrounded(record, chosen)
    take = lot.sample(fillable(kept, dropped), k=lot.randint(0, len(fillable(kept, dropped))))
    before = dump(tmp_path / "before")
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.", take=take)
    assert dump(tmp_path / "between") != before
    assert undone(made, curator).conflicts == []
    assert dump(tmp_path / "after") == before
    dropped.refresh_from_db()
    assert (dropped.status, pointing(bystander).keys()) == ("draft", pointing(bystander).keys())


def test_row_of_a_table_without_history_comes_back_too(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    moved = make.MeantFactory(actor=dropped)
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    since = make.MeantFactory(actor=kept)
    assert moved.__class__.objects.get(pk=moved.pk).actor == kept
    undone(made, curator)
    for row, actor in ((moved, dropped), (since, kept)):
        row.refresh_from_db()
        assert row.actor == actor


def test_what_was_added_since_stays_with_the_record_that_goes_on(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    old = make.AuthorityFactory(actor=dropped)
    citation = make.ActorCitationFactory(record=dropped, number=1)
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    with later(curator):
        new = make.AuthorityFactory(actor=kept)
        make.ActorNameFactory(record=kept, text="A name found since")
        added = make.ActorCitationFactory(record=kept, number=2)
        kept.refresh_from_db()
        kept.note = "Written since."
        kept.save()
    assert undone(made, curator).conflicts == []
    for row, actor in ((old, dropped), (new, kept)):
        row.refresh_from_db()
        assert row.actor == actor
    for row, record in ((citation, dropped), (added, kept)):
        row.refresh_from_db()
        assert row.record == record
    kept.refresh_from_db()
    assert kept.note == "Written since."
    assert [name.text for name in kept.names.all()] == ["A name found since"]


def test_what_was_changed_since_stays_and_is_said(curator: Any) -> None:
    kept, dropped, third = make.ActorFactory(), make.ActorFactory(sub_kind="wing"), make.ActorFactory()
    authority = make.AuthorityFactory(actor=dropped)
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.", take=["sub_kind"])
    with later(curator):
        type(kept).objects.filter(pk=kept.pk).update(sub_kind="branch")
        type(authority).objects.filter(pk=authority.pk).update(actor=third)
    done = undone(made, curator)
    assert {(one.column, one.reason) for one in done.conflicts} == {
        ("sub_kind", "It was changed since."), ("actor_id", "It was changed since."),
    }  # fmt: skip
    kept.refresh_from_db()
    assert kept.sub_kind == "branch"


def test_a_merge_is_taken_back_once_and_can_be_made_again(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory(status="in_review")
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    undone(made, curator)
    dropped.refresh_from_db()
    made.refresh_from_db()
    assert (dropped.status, made.undone_by, made.undone_reason) == (
        "in_review",
        curator,
        "They are two after all.",
    )
    with pytest.raises(MergeRefused, match="taken back already"):
        undone(made, curator)
    assert merge(kept=kept, dropped=dropped, by=curator, reason="One.").stands
    with pytest.raises(MergeRefused, match="Give a reason"):
        undo_merge(made, by=curator, reason="")


def test_a_rule_that_is_in_the_way_is_said_and_nothing_is_taken_back(curator: Any) -> None:
    outer, inner, lower = (make.TerritoryFactory() for _ in range(3))
    make.ContainmentFactory(child=inner, parent=lower, period="2000/2020")
    made = merge(kept=outer, dropped=lower, by=curator, reason="One.")
    with later(curator):
        make.ContainmentFactory(slug="turned", child=lower, parent=inner, period="2000/2020")
    with pytest.raises(MergeRefused, match="would lie in itself on some day"):
        undone(made, curator)
    made.refresh_from_db()
    assert made.stands
    assert outer.contents.count() == 1


def test_a_split_moves_what_was_chosen_to_a_new_record(curator: Any) -> None:
    record = make.ActorFactory(name="Liwa", countries=["SY"])
    mine, theirs = make.AuthorityFactory(actor=record), make.AuthorityFactory(actor=record)
    name = make.ActorNameFactory(record=record)
    for number in (1, 2):
        make.ActorCitationFactory(record=record, number=number)
    by_table = {link.table: link for link in links_to(type(record))}
    rows = {
        by_table["actors_authority.actor_id"]: [theirs.pk],
        by_table["actors_actorname.record_id"]: [name.pk],
        by_table["actors_actorcitation.record_id"]: [record.citations.get(number=2).pk],
    }
    other = beside(record, name="Liwa II", slug="liwa-ii")
    other = split(record=record, rows=rows, into=other, by=curator, reason="Two brigades of one name.")
    for row, actor in ((mine, record), (theirs, other)):
        row.refresh_from_db()
        assert row.actor == actor
    assert (other.slug, other.kind, other.status) == ("liwa-ii", record.kind, "draft")
    assert [one.number for one in other.citations.all()] == [1]
    assert list(other.names.all()) == [name]
    undo.apply(in_context("split", "liwa-ii"), by=curator, reason="One after all.")
    assert record.authorities.count() == 2
    assert not type(record).objects.filter(slug="liwa-ii").exists()


@pytest.mark.parametrize("factory", NOUNS)
def test_every_noun_can_be_split(factory: Any, curator: Any) -> None:
    record = factory()
    rows = {link: [row.pk for row in rows] for link, rows in surrounded(record).items()}
    split(
        record=record, rows=rows, into=beside(record, name="Other", slug="other"), by=curator, reason="Two."
    )
    assert pointing(record) == {}


def test_a_split_without_rows_or_into_what_was_given_up_is_refused(curator: Any) -> None:
    record, kept, dropped = (make.ActorFactory(slug=slug) for slug in ("record", "kept", "dropped"))
    authority = make.AuthorityFactory(actor=record)
    [link] = pointing(record)
    with pytest.raises(MergeRefused, match="Choose at least one"):
        split(record=record, rows={link: []}, into=kept, by=curator, reason="Two.")
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    with pytest.raises(MergeRefused, match="actors/dropped goes on as kept"):
        split(record=record, rows={link: [authority.pk]}, into=dropped, by=curator, reason="Two.")
    with pytest.raises(MergeRefused, match="two different records"):
        split(record=record, rows={link: [authority.pk]}, into=record, by=curator, reason="Two.")
    assert changes_of(made).marks == {"merge": made.pk}
