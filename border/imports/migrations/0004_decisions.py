"""Who is meant by a name is a table, decisions on names are kept one after the other, and rows with each name are counted."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from border.kernel.migrating import together

ID = "Internal number; never leaves the database."
TABLES = ("decision", "meant", "namecount")
COMMENTS = "".join(f"COMMENT ON COLUMN imports_{table}.id IS '{ID}';" for table in TABLES)
FILL = f"""
{COMMENTS}
INSERT INTO imports_meant (reading_id, actor_id)
SELECT DISTINCT r.id, a.id FROM imports_actorreading r JOIN actors_actor a ON a.id = ANY(r.actors) ORDER BY 1, 2;
INSERT INTO imports_decision (actor_reading_id, answer, slugs, decided_by_id, decided_at, settled_at)
SELECT r.id, CASE found WHEN 'nobody' THEN 'nobody' ELSE 'this' END, m.slugs, decided_by_id, decided_at, decided_at
FROM imports_actorreading r CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(a.slug ORDER BY a.id), '{{}}') AS slugs FROM actors_actor a WHERE r.found = 'matched' AND a.id = ANY(r.actors)
) m WHERE decided_by_id IS NOT NULL AND decided_at IS NOT NULL AND (found = 'nobody' OR found = 'matched' AND m.slugs <> '{{}}');
INSERT INTO imports_decision (place_reading_id, answer, slugs, decided_by_id, decided_at, settled_at)
SELECT r.id, CASE found WHEN 'nobody' THEN 'nobody' ELSE 'this' END, CASE found WHEN 'matched' THEN ARRAY[t.slug] ELSE '{{}}' END,
    decided_by_id, decided_at, decided_at
FROM imports_placereading r LEFT JOIN territories_territory t ON t.id = r.territory_id
WHERE decided_by_id IS NOT NULL AND decided_at IS NOT NULL AND found IN ('matched', 'nobody');
WITH kept AS (
    SELECT s.dataset, k.key, k.told FROM events_externalrecord k JOIN sources_source s ON s.id = k.release_id
    WHERE k.told <> '{{}}' AND k.deleted_at IS NULL
), actors AS (
    SELECT (part ->> 0)::bigint AS id, count(DISTINCT (dataset, key)) AS rows
    FROM kept CROSS JOIN LATERAL jsonb_array_elements(told -> 'parties') AS part GROUP BY 1
), places AS (SELECT (told ->> 'place')::bigint AS id, count(DISTINCT (dataset, key)) AS rows FROM kept GROUP BY 1),
told AS (UPDATE imports_actorreading r SET kept = a.rows FROM actors a WHERE a.id = r.id)
UPDATE imports_placereading r SET kept = p.rows FROM places p WHERE p.id = r.id;
"""
# What lies within a territory was not told from what is one.
EMPTY = """
UPDATE imports_placereading SET found = 'matched' WHERE found = 'within';
UPDATE imports_actorreading r SET actors = m.actors
FROM (SELECT reading_id, array_agg(actor_id ORDER BY actor_id) AS actors FROM imports_meant GROUP BY 1) m WHERE m.reading_id = r.id;
"""
# ANALYZE is asked for by the worker, which does not own the tables.
MAINTAIN = """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON imports_meant TO border_app';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0004_in_order"),
        ("curation", "0002_sent_back"),
        ("events", "0009_deleted"),
        ("imports", "0003_deleted"),
        ("sources", "0004_in_order"),
        ("territories", "0005_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *together(
            migrations.CreateModel(
                name="Decision",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "answer",
                        models.CharField(
                            choices=[
                                ("looked_up", "Looked up"),
                                ("this", "This one"),
                                ("within", "Lies within"),
                                ("nobody", "None of ours"),
                            ],
                            db_comment="looked_up, this, within or nobody.",
                            help_text="What was decided.",
                            max_length=9,
                        ),
                    ),
                    (
                        "decided_at",
                        models.DateTimeField(db_comment="When.", default=django.utils.timezone.now),
                    ),
                    (
                        "settled_at",
                        models.DateTimeField(
                            blank=True,
                            db_comment="When rows that were written before were brought up to date with it; empty where they wait.",
                            null=True,
                        ),
                    ),
                    (
                        "actor_reading",
                        models.ForeignKey(
                            blank=True,
                            db_comment="The name of an actor; empty where it is a place.",
                            help_text="Which name of an actor.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="imports.actorreading",
                        ),
                    ),
                    (
                        "place_reading",
                        models.ForeignKey(
                            blank=True,
                            db_comment="The place; empty where it is an actor.",
                            help_text="Which place.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="imports.placereading",
                        ),
                    ),
                    (
                        "slugs",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=100),
                            blank=True,
                            db_comment="Slugs of the actors who are meant, or of the territory that it is or lies in, as somebody said it.",
                            default=list,
                            help_text="Who is meant; of several actors, the one that existed at the time. Or which territory.",
                            size=None,
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            db_comment="Who decided, or took a decision back; empty where it was only looked up.",
                            help_text="Who decided.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions_on_names",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "settled_in",
                        models.ForeignKey(
                            blank=True,
                            db_comment="The batch by which they were; empty where they wait, or where nothing was to be changed.",
                            help_text="In which batch.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions_on_names",
                            to="sources.batch",
                        ),
                    ),
                ],
                options={
                    "db_table_comment": "What people decided about names of datasets, each after what was so before. Never public.",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("answer__in", ["looked_up", "nobody", "this", "within"])),
                            name="decision_answer_known",
                            violation_error_message="Unknown answer. Write one of: looked_up, nobody, this, within.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("actor_reading__isnull", False), ("place_reading", None)),
                                models.Q(("actor_reading", None), ("place_reading__isnull", False)),
                                _connector="OR",
                            ),
                            name="decision_of_one_name",
                            violation_error_message="A decision is about the name of an actor or about a place.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer__in", ["this", "within"]), _negated=True),
                                models.Q(("slugs", []), _negated=True),
                                _connector="OR",
                            ),
                            name="decision_names_somebody",
                            violation_error_message="Say who is meant, or which territory.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("answer", "looked_up"), ("decided_by__isnull", False), _connector="OR"
                            ),
                            name="decision_by_somebody",
                            violation_error_message="Somebody decides.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Meant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "reading",
                        models.ForeignKey(
                            db_comment="The name.",
                            help_text="Which name.",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="meant",
                            to="imports.actorreading",
                        ),
                    ),
                    (
                        "actor",
                        models.ForeignKey(
                            db_comment="The actor who is meant, or may be.",
                            help_text="Who is meant.",
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="meant",
                            to="actors.actor",
                        ),
                    ),
                ],
                options={
                    "db_table_comment": "Actors who are meant by names of datasets, or who may be. Never public.",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("reading", "actor"),
                            name="meant_once",
                            violation_error_message="This actor is meant by the name already.",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="NameCount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "rows",
                        models.PositiveIntegerField(
                            db_comment="How many of its rows have the name.", help_text="Rows."
                        ),
                    ),
                    (
                        "examples",
                        models.JSONField(
                            db_comment="The first of them: [[id, date, title], …].",
                            default=list,
                            help_text="A few of them.",
                        ),
                    ),
                    (
                        "of",
                        models.ForeignKey(
                            db_comment="The import.",
                            help_text="Of which import.",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="names",
                            to="imports.import",
                        ),
                    ),
                    (
                        "actor_reading",
                        models.ForeignKey(
                            blank=True,
                            db_comment="The name of an actor; empty where it is a place.",
                            help_text="Which name of an actor.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="counts",
                            to="imports.actorreading",
                        ),
                    ),
                    (
                        "place_reading",
                        models.ForeignKey(
                            blank=True,
                            db_comment="The place; empty where it is an actor.",
                            help_text="Which place.",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="counts",
                            to="imports.placereading",
                        ),
                    ),
                ],
                options={
                    "db_table_comment": "How many rows of a file have a name, counted when it was read. Never public.",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("of", "actor_reading"),
                            name="name_count_once_an_actor",
                            violation_error_message="The rows with this name are counted already.",
                        ),
                        models.UniqueConstraint(
                            fields=("of", "place_reading"),
                            name="name_count_once_a_place",
                            violation_error_message="The rows with this place are counted already.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("actor_reading__isnull", False), ("place_reading", None)),
                                models.Q(("actor_reading", None), ("place_reading__isnull", False)),
                                _connector="OR",
                            ),
                            name="name_count_of_one_name",
                            violation_error_message="A count is of the name of an actor or of a place.",
                        ),
                    ],
                },
            ),
        ),
        *together(
            migrations.RemoveConstraint(
                model_name="actorreading",
                name="actor_reading_found_known",
            ),
            migrations.RemoveConstraint(
                model_name="placereading",
                name="place_reading_found_known",
            ),
            migrations.RemoveConstraint(
                model_name="placereading",
                name="place_reading_matched_somewhere",
            ),
            migrations.AlterField(
                model_name="actorreading",
                name="found",
                field=models.CharField(
                    choices=[
                        ("matched", "Matched"),
                        ("within", "Lies within"),
                        ("unsure", "Unsure"),
                        ("unknown", "Unknown"),
                        ("nobody", "None of ours"),
                    ],
                    db_comment="matched, unsure, unknown or nobody.",
                    db_default="unknown",
                    default="unknown",
                    help_text="Whether it is known who is meant.",
                    max_length=7,
                ),
            ),
            migrations.AlterField(
                model_name="placereading",
                name="found",
                field=models.CharField(
                    choices=[
                        ("matched", "Matched"),
                        ("within", "Lies within"),
                        ("unsure", "Unsure"),
                        ("unknown", "Unknown"),
                        ("nobody", "None of ours"),
                    ],
                    db_comment="matched, within, unsure, unknown or nobody.",
                    db_default="unknown",
                    default="unknown",
                    help_text="Whether it is known which territory is meant.",
                    max_length=7,
                ),
            ),
            migrations.AddField(
                model_name="actorreading",
                name="kept",
                field=models.PositiveIntegerField(
                    db_comment="How many rows of the dataset that are kept name it, as counted last.",
                    db_default=0,
                    default=0,
                    editable=False,
                ),
            ),
            migrations.AddField(
                model_name="placereading",
                name="kept",
                field=models.PositiveIntegerField(
                    db_comment="How many rows of the dataset that are kept name it, as counted last.",
                    db_default=0,
                    default=0,
                    editable=False,
                ),
            ),
            migrations.AddConstraint(
                model_name="actorreading",
                constraint=models.CheckConstraint(
                    condition=models.Q(("found__in", ["matched", "nobody", "unknown", "unsure", "within"])),
                    name="actor_reading_found_known",
                    violation_error_message="Unknown found. Write one of: matched, nobody, unknown, unsure, within.",
                ),
            ),
            migrations.AddConstraint(
                model_name="placereading",
                constraint=models.CheckConstraint(
                    condition=models.Q(("found__in", ["matched", "nobody", "unknown", "unsure", "within"])),
                    name="place_reading_found_known",
                    violation_error_message="Unknown found. Write one of: matched, nobody, unknown, unsure, within.",
                ),
            ),
            migrations.AddConstraint(
                model_name="placereading",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("found__in", ["matched", "within"]), _negated=True),
                        ("territory__isnull", False),
                        _connector="OR",
                    ),
                    name="place_reading_matched_somewhere",
                    violation_error_message="A place that is matched is a territory, or lies in one.",
                ),
            ),
        ),
        migrations.RunSQL(FILL, EMPTY),
        migrations.RunSQL(MAINTAIN, migrations.RunSQL.noop),
        *together(
            migrations.RemoveField(model_name="actorreading", name="actors"),
            migrations.AddField(
                model_name="actorreading",
                name="actors",
                field=models.ManyToManyField(
                    help_text="Who is meant; of several, the one that existed at the time. Where unsure, who may be.",
                    related_name="readings",
                    through="imports.Meant",
                    to="actors.actor",
                ),
            ),
        ),
    ]
