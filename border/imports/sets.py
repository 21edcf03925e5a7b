"""What statements that take all rows of an import at once share: the values put into them, and how they are joined."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from border.imports.models import Import
from border.imports.releases import ROLLING, before, earlier

# Names of actors that mean somebody, each with all whom it means: one row, so that it is joined once.
MEANT = """(
    SELECT r.id, r.name, r.found, array_agg(m.actor_id) AS actors
    FROM imports_actorreading r JOIN imports_meant m ON m.reading_id = r.id GROUP BY r.id
)"""


def values_of(one: Import) -> dict[str, Any]:
    """The import, its release, all ``releases`` of the dataset, and those ``before``: of ACLED, which has none, its one.

    ``rolling`` tells whether rows of the dataset change in place.
    """
    release = one.known_release
    rolling, releases = release.dataset in ROLLING, earlier(release)
    return {
        "of": one.pk,
        "release": release.pk,
        "releases": releases,
        "rolling": rolling,
        "before": releases if rolling else before(release),
    }


@contextmanager
def whole_tables(cursor: Any) -> Iterator[None]:
    """Joins go through whole tables once, whatever PostgreSQL believes their size to be.

    It knows little of tables that were just filled, or of one whose rows are all of another kind by now, and takes them
    for small: then it goes through all of one for each row of the other, for hours. Plans made when the tables were small
    are not kept either.
    """
    cursor.execute("SET LOCAL enable_nestloop = off; DISCARD PLANS")
    yield
    cursor.execute("SET LOCAL enable_nestloop = on; DISCARD PLANS")
