"""What became of records that were named: those that were given up for another are that other, until a merge is taken back."""


def going_on(endpoint: str, table: str) -> str:
    """SQL of a table of what was given up, ``was``, and what it goes on as in the end, ``now``: ids of one noun's records."""
    return f"""(
        WITH RECURSIVE led (slug, into_slug) AS (
            SELECT slug, "into" FROM curation_merge WHERE endpoint = '{endpoint}' AND undone_at IS NULL
            UNION
            SELECT l.slug, m."into" FROM led l JOIN curation_merge m ON m.endpoint = '{endpoint}' AND m.undone_at IS NULL AND m.slug = l.into_slug
        )
        SELECT a.id AS was, k.id AS now FROM led l JOIN {table} a ON a.slug = l.slug JOIN {table} k ON k.slug = l.into_slug
        WHERE NOT EXISTS (SELECT FROM curation_merge m WHERE m.endpoint = '{endpoint}' AND m.undone_at IS NULL AND m.slug = l.into_slug)
    )"""


ACTORS = going_on("actors", "actors_actor")
TERRITORIES = going_on("territories", "territories_territory")
