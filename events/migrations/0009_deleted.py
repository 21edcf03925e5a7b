"""A row that its dataset deleted is kept, with the day on which it was."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import border.kernel.migrating
from border.kernel.migrating import heeded


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_told"),
    ]

    operations = heeded(
        pgtrigger.migrations.RemoveTrigger(
            model_name="externalrecord",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="externalrecord",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="externalrecord",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="externalrecord",
            name="deleted_at",
            field=models.DateTimeField(
                blank=True,
                db_comment="When the dataset deleted the row, or when a release was found to lack it; empty where the dataset has it.",
                help_text="When the dataset deleted it; empty where it still has it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="externalrecordhistoryevent",
            name="deleted_at",
            field=models.DateTimeField(
                blank=True,
                db_comment="When the dataset deleted the row, or when a release was found to lack it; empty where the dataset has it.",
                help_text="When the dataset deleted it; empty where it still has it.",
                null=True,
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT new_values."deleted_at", new_values."event_id", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."raw", new_values."release_id", new_values."told" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5edca881d496b881ceb6a3e539c14d2c529cc429",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1c1bd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="events_externalrecord",
                    when="AFTER",
                ),
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") VALUES (NEW."deleted_at", NEW."event_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raw", NEW."release_id", NEW."told"); RETURN NULL;',
                    hash="bfeeacb862252f509a69ff2867ca355491ccc2b4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f8fdc",
                    table="events_externalrecord",
                    when="AFTER",
                ),
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT old_values."deleted_at", old_values."event_id", old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."raw", old_values."release_id", old_values."told" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d1dc5a11fd21c8bc3f370653085cfb841a53a0e9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ddecd",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="events_externalrecord",
                    when="AFTER",
                ),
            ),
        ),
    )
