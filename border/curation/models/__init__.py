"""What curators say to each other about records; none of it is public."""

from border.curation.models.review import Acceptance, Assignment, Comment
from border.curation.models.sameness import Different, Merge
from border.curation.models.views import SavedView

__all__ = ["Acceptance", "Assignment", "Comment", "Different", "Merge", "SavedView"]
