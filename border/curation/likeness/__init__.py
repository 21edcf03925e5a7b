"""How alike two records of one kind are, in figures and in words."""

from border.curation.likeness.alike import Alike

__all__ = ["Alike"]
