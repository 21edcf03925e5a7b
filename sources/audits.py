"""Audits of sources, their archived copies, and the passages that cite them."""

import hashlib
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef

from border.kernel.audits import Rows, audit, where
from sources.models import Citation, Snapshot


def _cited() -> list[type[Model]]:
    """The nouns that can be cited."""
    return [
        model._meta.get_field("record").related_model  # type: ignore[misc]
        for model in apps.get_models()
        if issubclass(model, Citation)
    ]


@audit("Every record has a source.", of=_cited)
def records_uncited(rows: Rows) -> Rows:
    """Records without any citation."""
    citations = rows.model._meta.get_field("citations").related_model
    return rows.filter(~Exists(citations._default_manager.filter(record=OuterRef("pk"))))


@audit("A quote says where in the source it stands.", of=Citation, about="record")
def quotes_unlocated(rows: Rows) -> Rows:
    """Citations with a quote and without page, paragraph, bullet or time."""
    return rows.exclude(quote="").filter(locator="")


@audit("A source that disputes a value says what it gives instead.", of=Citation, about="record")
def disputes_without_value(rows: Rows) -> Rows:
    """Citations that dispute and assert nothing."""
    return rows.filter(stance="disputes", asserted_value="")


@audit("The archived copies are there, and are what was archived.", of=Snapshot, about="source", slow=True)
def snapshots_changed(rows: Rows) -> Rows:
    """Archived copies whose file is gone, or has another SHA-256 than the one kept."""

    def doubtful(snapshot: Any) -> bool:
        try:
            with snapshot.file.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() != snapshot.sha256
        except OSError:
            return True

    return where(rows, doubtful)
