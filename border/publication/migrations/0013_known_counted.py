"""What was known at an earlier moment is found as quickly as what is: PostgreSQL knows how much has ended since, and where."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Func, Q

# Of what a function says PostgreSQL keeps no count: it takes two thirds of all rows for past ones.
LARGE = ("actors", "authorities", "containments", "events", "name", "territories")
TABLES = {name: "published_name" if name == "name" else f"published_{name}" for name in LARGE}
COUNTED = [
    *(f"CREATE STATISTICS pub_{name}_since ON (lower(known)) FROM {table}" for name, table in TABLES.items()),
    *(f"CREATE STATISTICS pub_{name}_until ON (upper(known)) FROM {table}" for name, table in TABLES.items()),
    f"ANALYZE {', '.join(TABLES.values())}",
]
UNCOUNTED = [f"DROP STATISTICS pub_{name}_{end}" for name in LARGE for end in ("since", "until")]

PAST = Q(known__upper_inf=False)
NAMES = {
    "source": "sources",
    "territory": "territories",
    "containment": "containments",
    "crossing": "crossings",
    "crossingstatus": "crossing_status",
    "actor": "actors",
    "relationship": "relationships",
    "authority": "authorities",
    "event": "events",
    "movement": "movements",
    "episode": "episodes",
    "finding": "findings",
}


class Migration(migrations.Migration):
    dependencies = [("publication", "0012_years_of_actors")]

    operations = [
        *(
            migrations.AddIndex(
                f"published{noun}",
                models.Index(
                    Func(F("known"), function="upper"),
                    name=f"pub_{name}_ended",
                    condition=~Q(known__upper_inf=True),
                ),
            )
            for noun, name in NAMES.items()
        ),
        migrations.AddIndex(
            "publishedname",
            models.Index(Func(F("known"), function="upper"), name="published_name_ended", condition=PAST),
        ),
        migrations.AddIndex(
            "publishedname", GinIndex(fields=["search_keys"], name="published_name_past", condition=PAST)
        ),
        migrations.AddIndex("block", models.Index(fields=["at"], name="published_block_at")),
        migrations.RunSQL(COUNTED, UNCOUNTED),
    ]
