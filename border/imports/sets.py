"""What statements that take all rows of an import at once share: the values put into them, and the names that mean somebody."""

from typing import Any

from border.imports.models import Import
from border.imports.releases import ROLLING, before, earlier

# Names of actors that mean somebody, each with all whom it means, and who that is where it is one: one row, so that it is
# joined once.
MEANT = """(
    SELECT r.id, r.name, r.found, array_agg(a.id) AS actors, CASE count(*) WHEN 1 THEN min(a.id) END AS one, min(a.name) AS called
    FROM imports_actorreading r JOIN imports_meant m ON m.reading_id = r.id JOIN actors_actor a ON a.id = m.actor_id GROUP BY r.id
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
