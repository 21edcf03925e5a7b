"""Versions that have ended are found in the order of lists, too: an earlier moment may be asked for."""

from django.db import migrations, models

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
    dependencies = [("publication", "0006_maintain")]

    operations = [
        migrations.AddIndex(
            f"published{noun}",
            models.Index("sort", "slug", name=f"pub_{name}_past", condition=~models.Q(known__upper_inf=True)),
        )
        for noun, name in NAMES.items()
    ]
