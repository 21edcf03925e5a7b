"""Releases by their names: whether one may be made, where its files lie, and withdrawing it."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from border.kernel.writing import refuse
from border.releases.models import NAME, Hand, Release
from border.releases.record import State
from border.releases.refusal import ReleaseRefused

LONGEST = 500


def root() -> Path:
    """The folder that has a folder for each release."""
    return Path(settings.RELEASES_ROOT)


def folder_of(release: Release) -> Path:
    """Where the files of a release lie."""
    return root() / release.name


def refusals(name: str, note: str = "") -> list[str]:
    """What keeps a release of this name from being made, in sentences; nothing where all is well."""
    found = []
    if not re.fullmatch(NAME, name):
        found.append(f"“{name}” is no name for a release. Write a year and a number: 2026.1.")
    elif Release.objects.filter(name=name).exists():
        found.append(f"There is a release {name} already, and a name is used once. Take the next number.")
    return found + _faults("note", note)


def _faults(what: str, text: str) -> list[str]:
    if len(text) > LONGEST:
        return [f"The {what} has {len(text)} characters: shorten it to {LONGEST}."]
    fault = refuse(text, multiline=True)
    return [f"The {what} cannot be kept as it is. {fault}"] if fault else []


@transaction.atomic
def withdraw(name: str, *, by: Any, reason: str) -> Release:
    """Take a release back: its files are no longer served, and readers are told since when and why. Raises ReleaseRefused."""
    release = the(name, held=True)
    if release.withdrawn_at:
        raise ReleaseRefused(f"{name} was withdrawn already: {release.reason}")
    if not reason.strip():
        raise ReleaseRefused("Give a reason: readers who cite it will ask.")
    if problems := _faults("reason", reason.strip()):
        raise ReleaseRefused(*problems)
    release.withdrawn_at, release.reason = timezone.now(), reason.strip()
    release.save(update_fields=["withdrawn_at", "reason"])
    Hand.objects.create(release=release, withdrew=True, by=by, at=release.withdrawn_at)
    return release


def the(name: str, *, held: bool = False) -> Release:
    """The release of this name; ``held`` until the transaction ends. Raises ReleaseRefused where there is none."""
    known = (
        Release.objects.select_for_update(of=("self",)) if held else Release.objects.select_related("before")
    )
    found = known.filter(name=name).first()
    if found is None:
        names = ", ".join(Release.objects.latest_first().values_list("name", flat=True)[:20])
        raise ReleaseRefused(
            f"There is no release {name}. " + (f"There are: {names}." if names else "None was made yet.")
        )
    return found


def state_of(release: Release) -> State:
    """The state of the published record that a release holds."""
    return State(release.block, bytes(release.digest), release.at)
