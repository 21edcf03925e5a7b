"""Migration operations that cost what they do, not what Django's state costs."""

from typing import Any, cast

import pgtrigger.migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddIndex, RemoveConstraint, RemoveIndex, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger import compiler

from border.kernel.history import of_a_statement


class AddTrigger(pgtrigger.migrations.AddTrigger):
    """pgtrigger's operation without rendering every related model anew: a hundred triggers took ten seconds.

    Triggers are SQL; no model's Python face depends on them.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The model has one trigger more."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Install it."""
        schema_editor.execute(cast("compiler.Trigger", self.trigger).install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take it away."""
        schema_editor.execute(cast("compiler.Trigger", self.trigger).uninstall_sql, params=None)


class UpdatesAtOnce(Operation):
    """The history of a model notes the rows of an UPDATE together, where its trigger noted each of them alone."""

    reversible = True
    name = "update_update"

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The one trigger in the place of the other."""
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [
            self._at_once(found) if found.name == self.name else found for found in options["triggers"]
        ]

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Put there what the model has then: forwards the one, backwards the other."""
        triggers = to_state.models[app_label, self.model_name].options["triggers"]
        trigger = next(found for found in triggers if found.name == self.name)
        schema_editor.execute(trigger.install_sql, params=None)

    database_backwards = database_forwards

    def _at_once(self, each: compiler.Trigger) -> compiler.Trigger:
        said = each.sql.kwargs
        sql = compiler.UpsertTriggerSql(
            pgid=said["pgid"],
            func=of_a_statement(said["func"], said["condition"]),
            table=said["table"],
            when=said["when"],
            operation=said["operation"],
            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
            level="STATEMENT",
        )
        return compiler.Trigger(name=self.name, sql=sql)

    def describe(self) -> str:
        """What it does."""
        return f"History of updates at once of {self.model_name}"


class WithoutIndex(Operation):
    """A foreign key as it is, but without the index of its own: no model's Python face depends on that."""

    def __init__(self, model_name: str, name: str) -> None:
        self.model_name, self.name = model_name, name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The field, without it."""
        fields = state.models[app_label, self.model_name].fields
        fields[self.name] = fields[self.name].clone()
        fields[self.name].db_index = False

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Take it away."""
        model, field = self._found(app_label, from_state)
        with schema_editor.connection.cursor() as cursor:
            introspection = schema_editor.connection.introspection
            found = introspection.get_constraints(cursor, model._meta.db_table)
        for name, one in found.items():
            if one["index"] and not one["unique"] and one["columns"] == [field.column]:
                schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Make it again."""
        model, field = self._found(app_label, to_state)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[field]))  # type: ignore[attr-defined]

    def _found(self, app_label: str, state: ProjectState) -> tuple[Any, Any]:
        model = state.apps.get_model(app_label, self.model_name)
        return model, model._meta.get_field(self.name)

    def describe(self) -> str:
        """What it does."""
        return f"No index of {self.name} alone on {self.model_name}"


# Operations after which every model has the same Python face as before.
_UNSEEN = (
    AddConstraint,
    AddIndex,
    AddTrigger,
    RemoveConstraint,
    RemoveIndex,
    UpdatesAtOnce,
    WithoutIndex,
    pgtrigger.migrations.AddTrigger,
    pgtrigger.migrations.RemoveTrigger,
)


class Together(Operation):
    """Operations none of which changes what another needs: the state is rendered once, after the last of them.

    Django renders every related model anew after each of them, seen or not; with a hundred tables that are related to one
    another, that was two thirds of the time in which a database is made.
    """

    def __init__(self, *operations: Operation) -> None:
        self.operations = operations

    @property
    def models(self) -> set[str]:
        """The models that they make, or whose face they change, in lower case."""
        names = {
            getattr(operation, "model_name", None) or getattr(operation, "name", None)
            for operation in self.operations
            if not isinstance(operation, _UNSEEN)
        }
        return {name.lower() for name in names if name}

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Whether all of them are."""
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All of them, and only then the rendering."""
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            if self.models:
                state.reload_models([(app_label, name) for name in self.models], delay=False)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """One after the other."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """The last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What they do."""
        return "; ".join(operation.describe() for operation in self.operations)


def together(*operations: Operation) -> list[Operation]:
    """What a migration writes for its `operations`, where they are a `Together`."""
    return [Together(*operations)]


# pgtrigger installs this function anew with each trigger. Ours lets neither role of the site pass over a trigger.
_HEED = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN current_user NOT IN ('border_app', 'border_reader')
        AND trigger_name = ANY (coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}')::text[]);
END $$;
"""


def heeded(*operations: Operation) -> list[Operation]:
    """``operations`` that add or remove triggers, together, done or undone, after which no role of the site can pass over any."""
    return [RunSQL(RunSQL.noop, _HEED), Together(*operations), RunSQL(_HEED, RunSQL.noop)]
