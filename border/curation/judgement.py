"""The reviewer's page of one record: every difference, the last word on it, and what was judged already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from border.curation.authorship import Word, changed_last, last_words
from border.curation.comparison import Difference, differences, documents
from border.curation.conversation import open_by_field
from border.curation.models import Acceptance, Comment
from border.curation.review_forms import refused_words
from border.publication.endpoints import endpoint_of


@dataclass
class Point:
    """One difference to be judged: who wrote it last and why, who accepted it, what is said of it.

    ``typed`` is what a reviewer has just written about it, ``fault`` what is wrong with that.
    """

    difference: Difference
    word: Word | None
    accepted: Acceptance | None
    comments: list[Comment]
    typed: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        """The field's name on the form."""
        return self.difference.field.name

    @property
    def to_judge(self) -> bool:
        """Whether somebody has to judge it still."""
        return self.difference.field.own and self.accepted is None


def points(record: Any) -> tuple[bool, list[Point]]:
    """Whether readers see any of ``record``, and all that they would see otherwise.

    An acceptance falls away when the field changed after it.
    """
    endpoint = endpoint_of(record)
    public, working = documents(endpoint, [record.pk])[record.pk]
    words, said = last_words(record), open_by_field(record)
    accepted = {
        row.field: row
        for row in Acceptance.objects.about(endpoint.name, record.slug).select_related("accepted_by")
    }
    found = []
    for difference in differences(endpoint, public, working):
        name = difference.field.name
        word, row = words.get(name), accepted.get(name)
        holds = row is not None and (word is None or row.history >= word.sequence)
        found.append(Point(difference, word, row if holds else None, said.get(name, [])))
    return public is not None, found


def last_change(record: Any) -> int:
    """The number of the last change of ``record`` since its last review; 0 where there is none."""
    return changed_last(endpoint_of(record), [record.pk]).get(record.pk, 0)


@dataclass
class Verdict:
    """What a reviewer sent: fields accepted, words for those sent back, and what is wrong with it."""

    seen: int
    accepted: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    faulty: bool = False


def verdict(sent: Mapping[str, str], open_points: list[Point]) -> Verdict:
    """What the form of the page says about ``open_points``.

    A field that changed after the page was shown is not judged: its reader saw another text.
    """
    text = sent.get("seen", "")
    found = Verdict(int(text) if text.isdigit() else 0)
    for point in open_points:
        choice = sent.get(f"judge-{point.name}", "")
        point.typed = sent.get(f"say-{point.name}", "")
        if choice == "accept":
            found.accepted.append(point.name)
        elif choice == "back":
            found.said[point.name] = point.typed
            point.fault = refused_words(point.typed)
        if choice in {"accept", "back"} and point.word and point.word.sequence > found.seen:
            point.fault = f"{point.word.who} changed this after the page was shown: look again, then judge."
    found.faulty = any(point.fault for point in open_points)
    return found
