"""The published record: versions of documents, the ledger of what was published when, and its chain.

Nothing here is ever changed but the end of a version's time, and, by an erasure, its text.
"""

from border.publication.models.columns import BoxField, JsonText
from border.publication.models.ledger import Block, Change, Entry, PublishedName, Review
from border.publication.models.versions import (
    Published,
    PublishedActor,
    PublishedAuthority,
    PublishedContainment,
    PublishedCrossing,
    PublishedCrossingStatus,
    PublishedEpisode,
    PublishedEvent,
    PublishedFinding,
    PublishedMovement,
    PublishedRelationship,
    PublishedSource,
    PublishedTerritory,
)

__all__ = [
    "Block",
    "BoxField",
    "Change",
    "Entry",
    "JsonText",
    "Published",
    "PublishedActor",
    "PublishedAuthority",
    "PublishedContainment",
    "PublishedCrossing",
    "PublishedCrossingStatus",
    "PublishedEpisode",
    "PublishedEvent",
    "PublishedFinding",
    "PublishedMovement",
    "PublishedName",
    "PublishedRelationship",
    "PublishedSource",
    "PublishedTerritory",
    "Review",
]
