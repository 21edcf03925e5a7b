"""The formats that are read, each known by its header, and near relations of theirs that are no lists of events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from border.contracts.cells import nearest, shown

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of table: what it is called, the columns that it may have, and those without which it says too little."""

    name: str
    dataset: str
    title: str
    key: str
    known: tuple[str, ...]
    required: tuple[str, ...]
    dates: tuple[str, ...] = ()


# The columns of every UCDP GED release from 20.1 on, in their order; a file without a header has exactly these.
GED_COLUMNS = tuple(
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id"
    " dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources"
    " source_article source_office source_date source_headline source_original where_prec where_coordinates"
    " where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity"
    " date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob".split()
)
_GED_ELSEWHERE = ("iso3", "start_year", "end_year")
# Up to 18.1 the three estimates were called so.
ALIASES = {"best_est": "best", "high_est": "high", "low_est": "low"}

GED = Format(
    name="ucdp-ged",
    dataset="UCDP GED",
    title="UCDP GED events",
    key="id",
    known=(*GED_COLUMNS, *_GED_ELSEWHERE),
    required=tuple(
        "id type_of_violence side_a side_b where_prec where_coordinates latitude longitude country date_prec"
        " date_start date_end best high low".split()
    ),
    dates=("date_start", "date_end"),
)

ACTORS = Format(
    name="ucdp-actors",
    dataset="UCDP actors",
    title="UCDP actors",
    key="actorid",
    known=tuple(
        "actorid namedata nameorig nameorigfull nameorigfulleng namechange newname newnamefullmothertongue newnamefulleng"
        " org conflictid dyadid primaryparty osid oscoalition oscoalitionid nsid nscoalition nscoalitionid splinter"
        " nameprev actoridprev splittemp namesplittemp actoridsplittemp alliance namealliance actoridalliance joingroup"
        " groupname actoridgroup location gwnoloc region version".split()
    ),
    required=("actorid", "namedata"),
)

_ACLED_BEFORE_2023 = ("data_id", "event_id_no_cnty", "iso3")
_ACLED_SINCE_2023 = ("disorder_type", "civilian_targeting", "tags")

ACLED = Format(
    name="acled",
    dataset="ACLED",
    title="ACLED events",
    key="event_id_cnty",
    known=tuple(
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1"
        " actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location"
        " latitude longitude geo_precision source source_scale notes fatalities tags timestamp population_1km"
        " population_2km population_5km population_best".split()
    )
    + _ACLED_BEFORE_2023,
    required=tuple(
        "event_id_cnty event_date time_precision event_type sub_event_type actor1 actor2 country location latitude"
        " longitude geo_precision fatalities".split()
    ),
    dates=("event_date",),
)

DELETED = Format(
    name="acled-deleted",
    dataset="ACLED",
    title="ACLED deletions",
    key="event_id_cnty",
    known=("event_id_cnty", "deleted_timestamp", "data_id"),
    required=("event_id_cnty", "deleted_timestamp"),
)

FORMATS = (GED, ACTORS, ACLED, DELETED)


class Other(NamedTuple):
    """A table of the same houses that is read by nobody here, how it is known, and why it is refused."""

    fits: Callable[[set[str]], bool]
    reason: str


OTHERS = (
    Other(
        lambda names: "total_forecast" in names,
        "This is ACLED's forecast (CAST): it holds no events. Give the event export, with a line for each event_id_cnty.",
    ),
    Other(
        lambda names: (
            "events" in names and bool(names & {"month", "week", "year"}) and "event_id_cnty" not in names
        ),
        "This is an aggregated file: each line counts the events of a place and a time, and none is told by itself."
        " Give the event export, with a line for each event_id_cnty.",
    ),
    Other(
        lambda names: (
            {"event_id_cnty", "event_date"} <= names
            and ("type_of_actor" in names or "actor" in names or "actor2" not in names & {"actor1", "actor2"})
            and bool(names & {"actor", "actor1"})
        ),
        "This is ACLED with a line for each actor (monadic): one event stands on several lines."
        " Give the export with a line for each event, which has actor1 and actor2.",
    ),
    Other(
        lambda names: bool(names & {"bd_best", "bdbest", "bd_low", "bdeadbes"}),
        "These are UCDP battle-related deaths: sums by conflict and year, no events. Give the UCDP GED file of the release.",
    ),
    Other(
        lambda names: "best_fatality_estimate" in names,
        "This is UCDP's list of non-state conflicts or one-sided violence: sums by year, no events."
        " Give the UCDP GED file of the release.",
    ),
    Other(
        lambda names: {"dyad_id", "intensity_level"} <= names,
        "This is UCDP's dyadic dataset: a line for each dyad and year, no events. Give the UCDP GED file of the release.",
    ),
    Other(
        lambda names: {"conflict_id", "intensity_level"} <= names,
        "This is the UCDP/PRIO list of armed conflicts: a line for each conflict and year, no events."
        " Give the UCDP GED file of the release.",
    ),
    Other(
        lambda names: "sb_exist" in names or any(name.startswith("sb_total_deaths") for name in names),
        "This is UCDP's organised violence by country and year: sums, no events. Give the UCDP GED file of the release.",
    ),
)


def normal(column: str) -> str:
    """The name by which a column is known, however its header spells it.

    >>> normal(" Event_ID_Cnty "), normal("best_est")
    ('event_id_cnty', 'best')
    """
    name = column.strip("\ufeff \t\xa0").casefold()
    return ALIASES.get(name, name)


def recognise(columns: Sequence[str]) -> Format | None:
    """The format whose required columns all stand in a header; of several the one that knows most of it."""
    names = {normal(column) for column in columns}
    fitting = [one for one in FORMATS if names.issuperset(one.required)]
    return max(fitting, key=lambda one: len(names.intersection(one.known)), default=None)


def familiar(columns: Sequence[str]) -> int:
    """How many columns of a header any of the formats knows."""
    names = {normal(column) for column in columns}
    return max(len(names.intersection(one.known)) for one in FORMATS)


def reason_against(columns: Sequence[str]) -> str:
    """Why a header is none of the formats: what else it is, or what the nearest format misses in it."""
    names = {normal(column) for column in columns}
    for other in OTHERS:
        if other.fits(names):
            return other.reason
    best = max(FORMATS, key=lambda one: len(names.intersection(one.required)) / len(one.required))
    if not names.intersection(best.required):
        titles = ", ".join(one.title for one in FORMATS)
        return (
            f"The first line is the header of no table that is read: {titles}, tables of border's own."
            f" It begins: {listed(columns).rstrip('.')}."
        )
    missing = [name for name in best.required if name not in names]
    unknown = [column for column in columns if normal(column) not in best.known]
    return _missing(best, missing, unknown)


def repeated(columns: Sequence[str], known: Sequence[str]) -> list[str]:
    """The known columns that a header has twice."""
    names = [normal(column) for column in columns]
    return [name for name in known if names.count(name) > 1]


def unknown(columns: Sequence[str], one: Format) -> list[str]:
    """The columns of a header that its format does not have, as they stand."""
    return [column for column in columns if normal(column) not in one.known]


def dialect(columns: Sequence[str], one: Format) -> str:
    """Which of the shapes of a format a header has."""
    if one is not ACLED:
        return f"{len(columns)} columns"
    names = {normal(column) for column in columns}
    before = names.intersection(_ACLED_BEFORE_2023) and not names.intersection(_ACLED_SINCE_2023)
    return "before 2023" if before else "since 2023"


def _missing(best: Format, missing: list[str], unknown: list[str]) -> str:
    told = differences(best.title, missing, unknown)
    return f"{told} Give the file as {best.dataset.split()[0]} publishes it."


def differences(title: str, missing: Sequence[str], unknown: Sequence[str]) -> str:
    """To what a header is nearest, what it lacks of that, and what it has beside."""
    hints = [
        f"{name} (perhaps {shown(likely)})" if (likely := nearest(name, unknown)) else name
        for name in missing
    ]
    lacks = f", and lacks {'the column' if len(hints) == 1 else 'columns'}: {listed(hints)}" if hints else ""
    extra = f" Not known to it: {listed(unknown)}." if unknown else ""
    return f"This is nearest to {title}{lacks}.{extra}"


def listed(names: Sequence[str]) -> str:
    """Some names for a message; of very many the first."""
    named = ", ".join(shown(name.strip() or "(no name)") for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
