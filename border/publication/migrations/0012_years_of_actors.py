"""Events of an actor in some years are found by an index, not among all of that actor."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Func, Q

YEARS = """
CREATE FUNCTION border_actor_years(actors text[], sort text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
RETURN (SELECT array_agg(actor || '/' || left(sort, 4)) FROM unnest(actors) AS actor);
COMMENT ON FUNCTION border_actor_years(text[], text) IS
    'Each actor with the year in which the first possible day is, as actor/2014; null where nobody takes part.';
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0011_contested_by_actor")]

    operations = [
        migrations.RunSQL(YEARS, "DROP FUNCTION border_actor_years(text[], text);"),
        migrations.AddIndex(
            "publishedevent",
            GinIndex(
                Func(F("actors"), F("sort"), function="border_actor_years"),
                name="pub_events_actor_years",
                condition=Q(known__upper_inf=True),
            ),
        ),
        # How common each is, PostgreSQL counts once there is an index.
        migrations.RunSQL("ANALYZE published_events", ""),
    ]
