"""Rows about one place are found in the order of their list; so are contested ones, and those that not all support."""

from django.db import migrations, models
from django.db.models import F, Q

from border.kernel.migrating import together

# Each table with the index by members of an array that another takes the place of, and what both are named by.
TABLES = {
    "publishedactor": ("pub_actors_territories", "actors"),
    "publishedauthority": ("pub_authorities_territories", "authorities"),
    "publishedcontainment": ("pub_containments_territories", "containments"),
    "publishedcrossingstatus": ("pub_crossing_status_territorie", "crossing_status"),
    "publishedevent": ("pub_events_territories", "events"),
    "publishedrelationship": ("pub_relationships_territories", "relationships"),
    "publishedterritory": ("pub_territories_territories", "territories"),
}
# Of what a partial index holds PostgreSQL keeps no count, and takes each place for as common as any other.
LARGE = ("actors", "authorities", "containments", "events", "territories")
COUNTED = [
    *(
        f"CREATE STATISTICS pub_{name}_place_counted ON (territories[1]) FROM published_{name}"
        for name in LARGE
    ),
    "ANALYZE " + ", ".join(f"published_{name}" for name in LARGE),
]
UNCOUNTED = [f"DROP STATISTICS pub_{name}_place_counted" for name in LARGE]


class Migration(migrations.Migration):
    dependencies = [("publication", "0007_past")]

    operations = [
        *together(
            *(migrations.RemoveIndex(model_name=model, name=name) for model, (name, _) in TABLES.items()),
            *(
                migrations.AddIndex(
                    model_name=model,
                    index=models.Index(
                        F("territories__0"),
                        F("sort"),
                        F("slug"),
                        condition=Q(known__upper_inf=True),
                        name=f"pub_{short}_place",
                    ),
                )
                for model, (_, short) in TABLES.items()
            ),
            migrations.AddIndex(
                model_name="publishedevent",
                index=models.Index(
                    fields=["sort", "slug"],
                    name="pub_events_contested",
                    condition=Q(known__upper_inf=True, contested=True),
                ),
            ),
            migrations.AddIndex(
                model_name="publishedevent",
                index=models.Index(
                    fields=["sort", "slug"],
                    name="pub_events_stances",
                    condition=Q(known__upper_inf=True) & ~Q(stances=["supports"]),
                ),
            ),
        ),
        migrations.RunSQL(COUNTED, UNCOUNTED),
    ]
