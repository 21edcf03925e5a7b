"""Files of datasets that somebody brings, and the work on them that is asked for."""

import uuid
from typing import Any

from django.core.files import File
from django.db import transaction

from border.imports.choices import ImportState
from border.imports.models import Import
from border.jobs.asking import ask
from border.jobs.models import Job

# The proxy lets as much through, and the form around it (deploy/Caddyfile).
MOST_BYTES = 100 * 1024 * 1024


@transaction.atomic
def bring(file: Any, *, name: str, release: str, within: str, by: Any) -> Import:
    """A new import of a file, which is kept; that it be read is asked for."""
    one = Import.objects.create(
        name=name,
        size=file.size,
        # Under a name that says nothing: its own is what somebody typed.
        file=File(file, name=uuid.uuid4().hex),
        release_said=release,
        within=within,
        asked_by=by,
        state=ImportState.WAITING,
    )
    ask_for(one, "import.read", f"Read {one.name}", by=by)
    return one


def ask_for(one: Import, kind: str, about: str, *, by: Any, **arguments: Any) -> Job | None:
    """A new job on an import; None where there is one under way, as after a second click."""
    if Import.objects.select_related("job").get(pk=one.pk).is_under_way:
        return None
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",), no_key=True).get(pk=one.pk)
        if held.is_under_way:
            return None
        one.job = held.job = ask(kind, about=about, by=by, of=held.pk, **arguments)
        held.save(update_fields=["job"])
    return held.job
