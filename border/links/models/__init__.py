"""Pairs of events that may be one, and decisions about many of them at once."""

from border.links.models.candidate import Candidate
from border.links.models.linking import Linking

__all__ = ["Candidate", "Linking"]
