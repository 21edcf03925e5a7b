"""How many were killed in an event, where several say so: one reading of all claims, for totals and comparisons alike."""

from border.documents.sql import literal
from events.choices import CasualtyKind, Whom

# The reading in words, for whoever is given a total.
READING = (
    "Of each event, a count that names no source is its curators' span over all sources, and is taken alone. Else, of each "
    "source its count of all who were killed is taken, or the sum of its counts of some; of several sources the lowest "
    "low, the highest high, and as the best the middle one, the lower of two. A count without a low or a high is both. "
    "Of events that are the same, those figures are taken that stand first: of one that has any, then of one that "
    "cites no dataset, then of the first slug."
)
STORED = "SELECT event_id, source_id::text AS source, kind, whom, low, best, high FROM events_casualty"


def killed(claims: str = STORED) -> str:
    """SQL of how many were killed in each event ``event_id``, as ``low``, ``best`` and ``high``; see `READING`.

    ``claims`` is SQL of claims: ``event_id``, ``source`` (null for none), ``kind``, ``whom``, ``low``, ``best``, ``high``.
    """
    return f"""
    SELECT event_id, min(low) AS low, percentile_disc(0.5) WITHIN GROUP (ORDER BY best) AS best, max(high) AS high
    FROM (
        SELECT DISTINCT ON (event_id, source) event_id, source, low, best, high,
            bool_or(source IS NULL) OVER (PARTITION BY event_id) AS spanned
        FROM (
            SELECT event_id, source, whom = {literal(Whom.UNKNOWN.value)} AS whole, sum(coalesce(low, best, high)) AS low,
                sum(coalesce(best, low, high)) AS best, sum(coalesce(high, best, low)) AS high
            FROM ({claims}) claim
            WHERE kind = {literal(CasualtyKind.KILLED.value)} AND coalesce(low, best, high) IS NOT NULL GROUP BY 1, 2, 3
        ) summed ORDER BY event_id, source, whole DESC
    ) said WHERE source IS NULL OR NOT spanned GROUP BY 1"""
