"""A row that comes again letter for letter is known by its digest."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import border.kernel.migrating
from border.kernel.migrating import heeded


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_fewer_keys"),
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
            name="digest",
            field=models.UUIDField(
                blank=True,
                db_comment="BLAKE2 of the row as it came, 128 bits, by which the same row is known again; empty where not noted.",
                editable=False,
                help_text="By what the row is known as it came.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="externalrecordhistoryevent",
            name="digest",
            field=models.UUIDField(
                blank=True,
                db_comment="BLAKE2 of the row as it came, 128 bits, by which the same row is known again; empty where not noted.",
                editable=False,
                help_text="By what the row is known as it came.",
                null=True,
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="digest_of_raw",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."digest" IS NOT DISTINCT FROM (NEW."digest") AND OLD."raw" IS DISTINCT FROM (NEW."raw"))',
                    func="NEW.digest = NULL; RETURN NEW;",
                    hash="ed3c7a2e23938f024c11538db535cff8ed2b6b87",
                    operation="UPDATE",
                    pgid="pgtrigger_digest_of_raw_d64a7",
                    table="events_externalrecord",
                    when="BEFORE",
                ),
            ),
        ),
        border.kernel.migrating.AddTrigger(
            model_name="externalrecord",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "digest", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT new_values."deleted_at", new_values."digest", new_values."event_id", new_values."id", new_values."key", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."raw", new_values."release_id", new_values."told" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="82de173f4f42ecdf17a45109723271284cb18942",
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
                    func='INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "digest", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") VALUES (NEW."deleted_at", NEW."digest", NEW."event_id", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raw", NEW."release_id", NEW."told"); RETURN NULL;',
                    hash="78dc240f31acfc3444424d5d663b45b09411c08d",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "events_externalrecordhistoryevent" ("deleted_at", "digest", "event_id", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raw", "release_id", "told") SELECT old_values."deleted_at", old_values."digest", old_values."event_id", old_values."id", old_values."key", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."raw", old_values."release_id", old_values."told" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e71d200124842d9bd3a820dffa1c4183bbb64280",
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
