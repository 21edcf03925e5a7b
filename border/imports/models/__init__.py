"""Imports of datasets, their rows while they are looked over, and what their names mean here."""

from border.imports.models.decisions import Decision, NameCount
from border.imports.models.imported import Import, StagedRow
from border.imports.models.readings import WAITING, ActorReading, Meant, PlaceReading

__all__ = [
    "WAITING",
    "ActorReading",
    "Decision",
    "Import",
    "Meant",
    "NameCount",
    "PlaceReading",
    "StagedRow",
]
