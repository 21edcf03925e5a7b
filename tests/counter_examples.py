"""What each rule of the working tables is there to refuse.

What most rules have in common is read off the rule itself (``FAMILIES``); the others are told in ``EXAMPLES``.
"""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CheckConstraint, Q
from psycopg.types.json import Jsonb
from psycopg.types.range import Range

Values = dict[str, Any]

NAN = Decimal("NaN")
NOON = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
DAYS = Range(dt.date(2014, 1, 1), dt.date(2015, 1, 1))
EMPTY = Range(empty=True)


class IdOf(NamedTuple):
    """In an example: the id that the row has under another foreign key; of ``ITSELF``, the row's own."""

    key: str = ""


ITSELF = IdOf()


def lookups(condition: Q) -> Iterator[tuple[str, Any]]:
    """Every comparison in a condition, however deep."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from lookups(child)
        elif isinstance(child, tuple):
            yield child


def known(rule: CheckConstraint) -> list[Values]:
    """Words that are none of the vocabulary: a sign, a letter, none at all where one is needed."""
    ((lookup, words),) = lookups(rule.condition)
    field = lookup.removesuffix("__in")
    return [
        {field: "?"},
        {field: "z"},
        *([] if "" in words else [{field: ""}]),
    ]


def present(rule: CheckConstraint) -> list[Values]:
    ((field, _),) = lookups(rule.condition)
    return [{field: ""}]


FAMILIES: list[tuple[str, Callable[[CheckConstraint], list[Values]]]] = [
    (r"(?!outline_geometry).*_known", known),
    (r".*_present", present),
    (r".*_slug_form", lambda _: [{"slug": text} for text in ("", "Qaim", "al--qaim", "-qaim", "qaim-", "قائم", "a b")]),
    (
        r".*_certain_within_possible",
        lambda _: [
            {"possible": DAYS, "certain": Range(dt.date(2013, 12, 31), dt.date(2014, 2, 1))},
            {"possible": DAYS, "certain": Range(None, None, "()")},
        ],
    ),
    (r".*_possible_on_some_day", lambda _: [{"possible": EMPTY, "certain": EMPTY}]),
    (r".*_number_from_one", lambda _: [{"number": 0}]),
    (r".*_value_has_attribute", lambda _: [{"attribute": "", "asserted_value": "2014-06-21"}]),
    (r".*_language_form", lambda _: [{"language": text} for text in ("Arabic", "a", "ar_Latn", "ar-", "AR")]),
    (
        r".*_point_whole",
        lambda _: [
            {"longitude": given[0], "latitude": given[1], "uncertainty_m": given[2]}
            for given in itertools.product((None, 40), (None, 34), (None, 500))
            if len({part is None for part in given}) == 2
        ],
    ),
    (
        r".*_longitude_in_range",
        lambda _: [{"longitude": x, "latitude": 0, "uncertainty_m": 1} for x in ("180.000001", "-181", NAN)],
    ),
    (
        r".*_latitude_in_range",
        lambda _: [{"longitude": 0, "latitude": x, "uncertainty_m": 1} for x in ("90.000001", "-91", NAN)],
    ),
    (
        r".*_uncertainty_positive",
        lambda _: [{"longitude": 0, "latitude": 0, "uncertainty_m": x} for x in (0, 1_000_001)],
    ),
    (
        r".*_country_codes",
        lambda _: [{"countries": codes} for codes in (["sy"], ["S"], ["SY", None], [None], [""], ["SY", "1Q"])],
    ),
    (r".*_wikidata_form", lambda _: [{"wikidata_id": text} for text in ("858", "q858", "Q0858", "Q", "Q858 ")]),
]  # fmt: skip

EXAMPLES: dict[str, list[Values]] = {
    "comment_resolved_by_somebody": [{"resolved_by_id": IdOf("author")}, {"resolved_at": NOON}],
    "job_counts_not_negative": [{"done": -1}, {"total": -1}],
    "job_finished_once_over": [{"finished_at": NOON}, {"state": "failed"}],
    "job_started_to_be_done": [{"state": "running"}, {"state": "done", "finished_at": NOON}],
    "job_cancel_asked_by_somebody": [{"cancel_asked_by_id": IdOf("asked_by")}, {"cancel_asked_at": NOON}],
    "token_digest_form": [{"digest": "0" * 63}, {"digest": "A" * 64}, {"digest": ""}],
    "token_start_form": [{"start": "border_"}, {"start": "1234567890abcde"}, {"start": "border_0000000G"}],
    "token_expires_later": [{"expires_at": LONG_AGO}],
    "token_revoked_by_somebody": [{"revoked_by_id": IdOf("owner")}, {"revoked_at": NOON}],
    "batch_text_clean": [{"format": "border\ncsv"}],
    "snapshot_sha256_form": [{"sha256": "0" * 63}, {"sha256": "A" * 64}, {"sha256": ""}],
    "snapshot_media_type_form": [{"media_type": "html"}, {"media_type": ""}, {"media_type": "text/html; x"}],
    "source_doi_form": [{"doi": "https://doi.org/10.1/x"}, {"doi": "10.1"}, {"doi": "10.1/ x"}],
    "source_isbn_form": [{"isbn": "123"}, {"isbn": "978-0-14-044-9x"}],
    "source_address_form": [
        {"url": "javascript:alert(1)"},
        {"url": "carnegieendowment.org"},
        {"url": "https://a b"},
        {"archived_url": "file:///etc/passwd"},
    ],
    "source_only_public_is_published": [
        {"sensitivity": "confidential", "status": "published"},
        {"sensitivity": "restricted", "status": "published"},
    ],
    "source_version_has_dataset": [{"dataset": "", "version": "23.1"}],
    "territory_pcode_form": [{"pcode": "iqg01"}, {"pcode": "1Q"}, {"pcode": "IQ-01"}],
    "outline_area_positive": [{"area_km2": 0}, {"area_km2": -1}, {"area_km2": NAN}, {"area_km2": 600_000_000}],
    "outline_credited": [{"source_id": None, "note": ""}],
    "outline_geometry_known": [
        {"geometry": Jsonb(value)}
        for value in (
            {"type": "Point", "coordinates": [40, 34]},
            {"type": "Polygon"},
            {"type": None, "coordinates": []},
            {},
            [],
            None,
            "Polygon",
            {"coordinates": []},
        )
    ],
    "containment_not_in_itself": [{"parent_id": IdOf("child")}],
    "crossing_has_two_sides": [{"side_b_id": IdOf("side_a")}],
    "relationship_not_to_itself": [{"object_id": IdOf("subject")}],
    "actor_not_its_own_parent": [{"parent_id": ITSELF}],
    "episode_not_its_own_part": [{"parent_id": ITSELF}],
    "finding_not_its_own_branch": [{"parent_id": ITSELF}],
    "episode_ordinal_in_range": [{"ordinal": -1}, {"ordinal": NAN}],
    "casualty_some_count": [{"low": None, "best": None, "high": None}],
    "casualty_actor_with_whom": [{"whom": "actor", "actor_id": None}],  # and the reverse, below
    "movement_quantity_low_not_above_quantity_high": [
        {"quantity_low": 5, "quantity_high": 3},
    ],
    "movement_counts_not_negative": [
        {"quantity_low": -1},
        {"quantity_high": -1},
        {"quantity_low": 1, "quantity_high": NAN},
    ],
    "match_pair_in_order": [{"first_id": IdOf("second"), "second_id": IdOf("first")}, {"second_id": IdOf("first")}],
    "match_score_in_range": [{"score": -0.1}, {"score": 1.1}, {"score": float("nan")}],
    "match_threshold_in_range": [{"threshold": share, "decided_by_id": None} for share in (-0.1, 1.1, float("nan"))],
    "match_by_person_or_threshold": [{"threshold": 0.9}],
    "candidate_pair_in_order": [{"first": 3, "second": 3}, {"first": 4, "second": 3}],
    "candidate_score_in_range": [{"score": -0.1}, {"score": 1.1}, {"score": float("nan")}],
    "linking_threshold_in_range": [{"threshold": 0}, {"threshold": 1.1}, {"threshold": float("nan")}],
    "linking_undone_by_somebody": [{"undone_at": NOON}, {"undone_by_id": IdOf("decided_by")}],
}  # fmt: skip


def examples(rule: CheckConstraint) -> list[Values]:
    """The counter-examples of ``rule``."""
    found = EXAMPLES.get(rule.name, [])
    for pattern, make in FAMILIES:
        if re.fullmatch(pattern, rule.name):
            found = [*found, *make(rule)]
    return found
