"""Territories: places, their outlines, what lay in what and when, and crossings."""

from territories.models.containment import Containment, ContainmentCitation
from territories.models.crossing import Crossing, CrossingStatus, CrossingStatusCitation
from territories.models.territory import Outline, Territory, TerritoryCitation, TerritoryName

__all__ = [
    "Containment",
    "ContainmentCitation",
    "Crossing",
    "CrossingStatus",
    "CrossingStatusCitation",
    "Outline",
    "Territory",
    "TerritoryCitation",
    "TerritoryName",
]
