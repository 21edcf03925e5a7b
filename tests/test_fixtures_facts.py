"""The small world of fixtures/ against the facts it was made from: every row, every cell, every citation."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest

from tests.small_world import CITED, SEED, Row, attributes, by_slug, named_rows, rows, vocabulary

pytestmark = pytest.mark.shared

# The gathered tables whose rows have a code, and our table of the same rows.
TABLES = {
    "sources": "sources",
    "territories": "territories",
    "containments": "containments",
    "crossings": "crossing_statuses",
    "actors": "actors",
    "relationships": "relationships",
    "authorities": "authorities",
    "events": "events",
    "movements": "movements",
    "episodes": "episodes",
    "findings": "findings",
}
NOUNS = {ours: noun for noun, ours in CITED.items()}
SYMMETRIC = {"allied_with", "coordinates_with", "fights", "rival_of", "tension_with"}

# Gathered columns that only changed their name.
RENAMED = {
    "code": "slug",
    "name_en": "name",
    "exists_period": "existed",
    "date_published": "published",
    "what": "title",
    "authority_code": "according_to",
    "crossing_code": "crossing",
    "actor_code": "actor",
    "territory_code": "territory",
    "child_code": "child",
    "parent_code": "parent",
    "subject_code": "subject",
    "object_code": "object",
    "episode_code": "episode",
    "event_code": "event",
    "mover_code": "mover",
    "origin_code": "origin",
    "destination_code": "destination",
    "via_code": "via",
    "source_code": "source",
    "lat": "latitude",
    "lon": "longitude",
}
# Gathered columns whose words have a table on the page: our columns for the term and for the finer word.
TERMS = {
    "sources.kind": ("kind", "note"),
    "territories.type": ("kind", "sub_kind"),
    "territory_names.kind": ("kind", "sub_kind"),
    "containments.kind": ("basis", None),
    "crossings.crossing_status": ("state", "sub_state"),
    "crossings.formality": ("mode", None),
    "actors.kind": ("kind", "sub_kind"),
    "actor_names.kind": ("kind", "sub_kind"),
    "relationships.relation": ("kind", "sub_kind"),
    "relationships.modality": ("modality", None),
    "authorities.role": ("role", "sub_role"),
    "authorities.formality": ("mode", None),
    "authorities.exclusivity": ("share", None),
    "events.kind": ("kind", "sub_kind"),
    "participations.role": ("role", "sub_role"),
    "participations.certainty": ("certainty", None),
    "movements.category": ("kind", "sub_kind"),
    "movements.direction": ("direction", None),
    "episodes.kind": ("kind", None),
    "findings.kind": ("kind", "sub_kind"),
    "findings.modality": ("modality", None),
}

Found = Callable[[str, Row], bool]


@cache
def children(name: str, column: str) -> dict[str, list[Row]]:
    """The rows of a table of ours by the record they belong to."""
    found = defaultdict(list)
    for row in named_rows(name):
        found[row[column]].append(row)
    return found


def citations(ours: str, row: Row) -> list[Row]:
    return children(f"{NOUNS[ours]}_citations", "record")[row["slug"]]


def same(value: str, kept: str) -> bool:
    try:
        return value == kept or Decimal(value) == Decimal(kept)
    except InvalidOperation:
        return False


def became(words: dict[str, tuple[list[str], str]], term: str, finer: str | None) -> Found:
    """Whether a word became one of its terms, with its finer word beside it."""

    def found(value: str, row: Row) -> bool:
        terms, nuance = words[value]
        if row[term] not in terms:
            return False
        if finer == "note":
            return not nuance or f"Kind: {nuance}." in row["note"]
        return finer is None or row[finer] == nuance

    return found


def in_note(value: str, row: Row) -> bool:
    return all(part in row["note"] for part in value.split(";"))


def country(value: str, row: Row) -> bool:
    if value != "cross":
        return row["countries"] == value
    return ";" in row["countries"] or "Across several countries." in row["note"]


def point_source(value: str, row: Row) -> bool:
    cited = [each["source"] for each in citations("territories", row) if each["attribute"] == "coordinates"]
    return value in cited or f"Point from {value}." in row["note"]


def point_status(value: str, row: Row) -> bool:
    return bool(row["longitude"]) and (
        value == "verified" or (row["confidence"] == "low" and "unverified" in row["confidence_reason"])
    )


def geonames(value: str, row: Row) -> bool:
    first, *others = value.split(";")
    return row["geonames_id"] == first and all(other in row["note"] for other in others)


def lived(value: str, row: Row) -> bool:
    return value in row["existed"].split("/") or f"Founded: {value}." in row["note"]


def controls(side: str) -> Found:
    return lambda value, row: (
        (side, value)
        in {
            (each["side"], each["actor"])
            for each in children("crossing_controls", "crossing_status")[row["slug"]]
        }
    )


def bounded(bound: str) -> Found:
    return lambda value, row: (
        (bound, value)
        in {(each["bound"], each["event"]) for each in children("authority_events", "authority")[row["slug"]]}
    )


def symmetric(value: str, row: Row) -> bool:
    if value == "yes":
        return row["kind"] in SYMMETRIC or "Holds both ways." in row["note"]
    return row["kind"] not in SYMMETRIC or "Stated of the first named only." in row["note"]


def contained(value: str, row: Row) -> bool:
    implied = {"de_jure": "formal", "declared": "informal"}.get(row["basis"])
    return value == implied or f"ormality: {value}." in row["note"]


def counted(column: str) -> Found:
    return lambda value, row: value in [each[column] for each in children("casualties", "event")[row["slug"]]]


def casualty_note(value: str, row: Row) -> bool:
    return counted("note")(value, row) or f"Fatalities: {value}" in row["note"]


def contested(value: str, row: Row) -> bool:
    return (value == "yes") == any(each["stance"] == "disputes" for each in citations("events", row))


def about(name: str, column: str) -> Found:
    return lambda value, row: (
        Counter(value.split(";")) == Counter(each[column] for each in children(name, "finding")[row["slug"]])
    )


def verified(value: str, row: Row) -> bool:
    """A verified row is of moderate confidence, unless its point alone is unverified."""
    if value == "unverified":
        return row["confidence"] == "low"
    return row.get("confidence", "moderate") == "moderate" or "point" in row["confidence_reason"]


def seeded(ours: str) -> Found:
    if ours == "participations":
        return lambda value, row: (value == "yes") == (f"Stated by {SEED}." in row["note"])
    return lambda value, row: (value == "yes") == (SEED in {each["source"] for each in citations(ours, row)})


# Gathered columns that became something else; see the page.
ELSEWHERE: dict[str, Found] = {
    "status": verified,
    "note": lambda value, row: value in row["note"],
    "country": country,
    "coord_source": point_source,
    "coord_status": point_status,
    "geonames_id": geonames,
    "population_source": in_note,
    "founded": lived,
    "dissolved": lived,
    "backer_codes": in_note,
    "start_event": bounded("start"),
    "end_event": bounded("end"),
    "controller_syrian_side": controls("a"),
    "controller_iraqi_side": controls("b"),
    "stored_copy_seen": lambda value, row: (
        row["access_note"] == ("A stored copy was seen." if value == "yes" else "No stored copy was seen.")
    ),
    "url": lambda value, row: value == row["url"] or value in row["note"],
    "symmetric": symmetric,
    "containments.formality": contained,
    "events.description": lambda value, row: row["summary"] == value,
    "fatalities_low": counted("low"),
    "fatalities_high": counted("high"),
    "fatalities_note": casualty_note,
    "contested": contested,
    "about_territories": about("finding_territories", "territory"),
    "about_actors": about("finding_actors", "actor"),
}


def lost(table: str, ours: str, gathered: Row, row: Row) -> Iterator[str]:
    """The gathered columns whose value is nowhere in our row or in what belongs to it."""
    words = vocabulary()
    for column, value in gathered.items():
        if not value:
            continue
        tag = f"{table}.{column}"
        if tag in TERMS:
            found = became(words[tag], *TERMS[tag])
        elif column == "from_seed":
            found = seeded(ours)
        else:
            found = ELSEWHERE.get(tag) or ELSEWHERE.get(column)
        if not (found(value, row) if found else same(value, row[RENAMED.get(column, column)])):
            yield f"{row.get('slug', row)}: {column} = {value}"


@pytest.fixture(scope="session")
def facts(shared: Path) -> Path:
    """The folder of the facts."""
    return shared / "data" / "facts"


@pytest.mark.parametrize("table", TABLES)
def test_every_row_and_cell_of_the_facts_is_kept(facts, table):
    ours = TABLES[table]
    kept = by_slug(ours)
    gathered = {row["code"]: row for row in rows(facts / f"{table}.csv")}
    assert set(kept) == set(gathered)
    missing = [each for slug, row in gathered.items() for each in lost(table, ours, row, kept[slug])]
    assert not missing


@pytest.mark.parametrize(
    ("table", "bearer"), [("actor_names", "actor_code"), ("territory_names", "territory_code")]
)
def test_every_name_of_the_facts_is_kept(facts, table, bearer):
    kept = {(row["record"], row["text"], row["language"]): row for row in named_rows(table)}
    gathered = {(row[bearer], row["name"], row["language"]): row for row in rows(facts / f"{table}.csv")}
    assert set(kept) == set(gathered)
    for key, row in gathered.items():
        rest = {column: value for column, value in row.items() if column not in {bearer, "name", "language"}}
        assert not list(lost(table, table, rest, kept[key]))


def test_every_participation_of_the_facts_is_kept(facts):
    words = vocabulary()["participations.role"]
    kept = {
        (row["event"], row["actor"], row["role"], row["sub_role"]): row
        for row in named_rows("participations")
    }
    gathered = rows(facts / "participations.csv")
    assert len(kept) == len(gathered)
    for row in gathered:
        terms, finer = words[row["role"]]
        (key,) = {(row["event_code"], row["actor_code"], term, finer) for term in terms} & set(kept)
        assert not list(lost("participations", "participations", row, kept[key]))


def test_every_citation_of_the_facts_is_kept_in_its_order(facts):
    _, renamed = attributes()
    gathered = defaultdict(list)
    for row in rows(facts / "citations.csv"):
        noun = row["record_type"]
        attribute = renamed.get((noun, row["attribute"]), row["attribute"])
        columns = ("asserted_value", "source_code", "locator", "quote", "stance", "note")
        gathered[noun, row["record_code"]].append((attribute, *(row[column] for column in columns)))
    kept = defaultdict(list)
    for noun in CITED:
        for row in sorted(named_rows(f"{noun}_citations"), key=lambda row: int(row["number"])):
            columns = ("attribute", "asserted_value", "source", "locator", "quote", "stance", "note")
            kept[noun, row["record"]].append(tuple(row[column] for column in columns))
    assert sum(map(len, gathered.values())) == 1491
    assert kept == gathered


def test_every_crossing_of_the_facts_has_its_two_sides(facts):
    gathered = {row["code"] for row in rows(facts / "territories.csv") if row["type"] == "border_crossing"}
    assert {
        (row["slug"], row["territory"], row["side_a"], row["side_b"]) for row in named_rows("crossings")
    } == {(slug, slug, "syria", "iraq") for slug in gathered}


def test_the_page_knows_every_word_of_the_facts(facts):
    known = vocabulary()
    assert set(known) == set(TERMS)
    for tag, words in known.items():
        table, column = tag.split(".")
        assert set(words) == {row[column] for row in rows(facts / f"{table}.csv")}, tag


def test_the_page_knows_every_attribute_of_the_facts(facts):
    used, renamed = attributes()
    for row in rows(facts / "citations.csv"):
        noun, attribute = row["record_type"], row["attribute"]
        assert not attribute or renamed.get((noun, attribute), attribute) in used[noun]
