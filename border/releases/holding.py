"""Which releases hold what a record said: to be withdrawn where that must not be read any more."""

from django.db import connection

from border.publication.endpoints import ENDPOINTS
from border.releases.models import Release


def holding(endpoint: str, slug: str) -> list[Release]:
    """The releases that were not withdrawn and hold what a record said, or another record that shows it.

    A release holds the state that it was made of, and its differences tell what records said in the release before that
    say something else now. To be asked before the record is erased: afterwards nobody knows which others showed it.
    """
    stood = " OR ".join(
        f"""EXISTS (SELECT FROM {one.table} s WHERE (s.refs @> ARRAY[%(ref)s]{" OR s.slug = %(slug)s" if one.name == endpoint else ""})
            AND (s.known @> r.at OR s.known @> b.at AND EXISTS (
                SELECT FROM {one.table} t WHERE t.slug = s.slug AND t.known @> r.at AND t.sequence <> s.sequence)))"""
        for one in ENDPOINTS.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id FROM published_release r LEFT JOIN published_release b ON b.id = r.before_id "
            f"WHERE r.withdrawn_at IS NULL AND ({stood})",
            {"ref": f"{endpoint}/{slug}", "slug": slug},
        )
        found = [key for (key,) in cursor.fetchall()]
    return list(Release.objects.filter(pk__in=found).order_by("pk"))
