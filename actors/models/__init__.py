"""Actors, how they relate to each other, and what authority they hold where."""

from actors.models.actor import Actor, ActorCitation, ActorName
from actors.models.authority import Authority, AuthorityCitation, CrossingControl
from actors.models.relationship import Relationship, RelationshipCitation

__all__ = [
    "Actor",
    "ActorCitation",
    "ActorName",
    "Authority",
    "AuthorityCitation",
    "CrossingControl",
    "Relationship",
    "RelationshipCitation",
]
