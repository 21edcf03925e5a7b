"""Imports of datasets, their rows while they are looked over, and what their names mean here."""

from border.imports.models.imported import Import, StagedRow
from border.imports.models.readings import ActorReading, PlaceReading

__all__ = ["ActorReading", "Import", "PlaceReading", "StagedRow"]
