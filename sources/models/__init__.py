"""Sources, archived copies, the abstract citation, and imports."""

from sources.models.batch import Batch
from sources.models.citation import Citation, citation_rules
from sources.models.source import Snapshot, Source, SourceQuerySet

__all__ = ["Batch", "Citation", "Snapshot", "Source", "SourceQuerySet", "citation_rules"]
