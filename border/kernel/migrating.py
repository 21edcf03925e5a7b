"""Migration operations that cost what they do, not what Django's state costs."""

from typing import Any, cast

import pgtrigger.migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from pgtrigger import compiler


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
