"""What a row of a dataset said, in our words, is kept beside it: a later release is compared with it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import border.kernel.migrating
from border.kernel.migrating import heeded


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_who"),
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
            name="told",
            field=models.JSONField(
                blank=True,
                db_comment="What the row says, in our words, as it was read: title, date, kind, point, who, deaths. Empty where a person linked it.",
                db_default={},
                default=dict,
                help_text="What the row says, in our words, as it was read.",
            ),
        ),
        migrations.AddField(
            model_name="externalrecordhistoryevent",
            name="told",
            field=models.JSONField(
                blank=True,
                db_comment="What the row says, in our words, as it was read: title, date, kind, point, who, deaths. Empty where a person linked it.",
                db_default={},
                default=dict,
                help_text="What the row says, in our words, as it was read.",
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT new_values."event_id", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."raw", new_values."release_id", new_values."told" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c2847d3d90cf9d75fc929e480a86c9233a607130",
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
                    func='INSERT INTO "events_externalrecordhistoryevent" ("event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") VALUES (NEW."event_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raw", NEW."release_id", NEW."told"); RETURN NULL;',
                    hash="5dd522fed212465ea623bafd7bd23a7924a602fb",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT old_values."event_id", old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."raw", old_values."release_id", old_values."told" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0b1792cd289d3a7a5d60108942e9b4aeeb4f8748",
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
