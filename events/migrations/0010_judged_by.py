"""A match says what was compared, when it was judged, and by which threshold where no person did."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import border.kernel.migrating
from border.kernel.migrating import heeded


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_deleted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = heeded(
        pgtrigger.migrations.RemoveTrigger(
            model_name="match",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="match",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="match",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="match",
            name="evidence",
            field=models.JSONField(
                blank=True,
                db_comment="What was compared, where a program proposed it: days and metres apart, actors shared, kinds, killed; and how each came out.",
                db_default={},
                default=dict,
                editable=False,
                help_text="What was compared, where a program proposed it.",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="judged_at",
            field=models.DateTimeField(
                blank=True,
                db_comment="When it was judged last; empty where that was not noted yet.",
                editable=False,
                help_text="When it was judged last.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="threshold",
            field=models.FloatField(
                blank=True,
                db_comment="The score from which pairs were taken for the same, where that decided; empty where a person judged.",
                editable=False,
                help_text="The score from which pairs were taken for the same unseen; empty where a person judged.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="matchhistoryevent",
            name="evidence",
            field=models.JSONField(
                blank=True,
                db_comment="What was compared, where a program proposed it: days and metres apart, actors shared, kinds, killed; and how each came out.",
                db_default={},
                default=dict,
                editable=False,
                help_text="What was compared, where a program proposed it.",
            ),
        ),
        migrations.AddField(
            model_name="matchhistoryevent",
            name="judged_at",
            field=models.DateTimeField(
                blank=True,
                db_comment="When it was judged last; empty where that was not noted yet.",
                editable=False,
                help_text="When it was judged last.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="matchhistoryevent",
            name="threshold",
            field=models.FloatField(
                blank=True,
                db_comment="The score from which pairs were taken for the same, where that decided; empty where a person judged.",
                editable=False,
                help_text="The score from which pairs were taken for the same unseen; empty where a person judged.",
                null=True,
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="match",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_matchhistoryevent" ("decided_by_id", "evidence", "first_id", "id", "judged_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "score", "second_id", "threshold", "verdict") SELECT new_values."decided_by_id", new_values."evidence", new_values."first_id", new_values."id", new_values."judged_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."score", new_values."second_id", new_values."threshold", new_values."verdict" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e5ec16e34f8c945da5b4a9af68f1c889c72ef5a9",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_28860",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="events_match",
                    when="AFTER",
                ),
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="match",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "events_matchhistoryevent" ("decided_by_id", "evidence", "first_id", "id", "judged_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "score", "second_id", "threshold", "verdict") VALUES (NEW."decided_by_id", NEW."evidence", NEW."first_id", NEW."id", NEW."judged_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."score", NEW."second_id", NEW."threshold", NEW."verdict"); RETURN NULL;',
                    hash="0c303fb804a5652c63d34eeb419bb24931ec0473",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_37acd",
                    table="events_match",
                    when="AFTER",
                ),
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="match",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_matchhistoryevent" ("decided_by_id", "evidence", "first_id", "id", "judged_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "score", "second_id", "threshold", "verdict") SELECT old_values."decided_by_id", old_values."evidence", old_values."first_id", old_values."id", old_values."judged_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."score", old_values."second_id", old_values."threshold", old_values."verdict" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3783d0e9429f4998523e3a24cc9595af9845de0b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4c301",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="events_match",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("threshold", None),
                    models.Q(("threshold__gte", 0), ("threshold__lte", 1)),
                    _connector="OR",
                ),
                name="match_threshold_in_range",
                violation_error_message="A threshold lies between 0 and 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold", None), ("decided_by", None), _connector="OR"),
                name="match_by_person_or_threshold",
                violation_error_message="A pair is judged by a person or by a threshold, not by both.",
            ),
        ),
    )
