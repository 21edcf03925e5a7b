"""What became of the published record, change by change in the order of commits; and the block that seals it now."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.http import HttpResponse

from border.api import filters, reading
from border.api.asking import Asked, address
from border.api.measures import Whole
from border.api.parameters import Choice, Endpoints, Flag, Parameter
from border.api.problems import Fault, Problem, quote
from border.api.questions import FORMAT, MOST_ROWS, PAGE_SIZE
from border.api.shapes import ChangesHead, ChangesPage
from border.api.views import BASE, Reading, answer, as_json, link
from border.publication.chain import NOTHING, instant
from border.publication.endpoints import ENDPOINTS
from border.publication.models import Change

PATH = f"{BASE}changes/"
# So much of the digest of a block stands in a cursor: enough to tell any two apart.
_BYTES = 16
_CURSOR = f"([1-9][0-9]{{0,17}})-([0-9a-f]{{{2 * _BYTES}}})"


class Position(NamedTuple):
    """A place in the feed: after the entry of this sequence, in the block of this digest.

    The digest of a block rests on every block before. So a place of another database, or of a record that was
    rewritten or put back to an older state and went on otherwise, is never taken for one of ours.
    """

    sequence: int
    digest: bytes

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"{self.sequence}-{self.digest[:_BYTES].hex()}" if self.sequence else "0"


BEGINNING = Position(0, NOTHING)


@dataclass(frozen=True)
class Since(Parameter):
    """A place in the feed."""

    def read(self, text: str) -> Position:
        """The place, which may be that of another record. Raises Refused for what is none."""
        if text == BEGINNING.text:
            return BEGINNING
        found = re.fullmatch(_CURSOR, text)
        if found is None:
            raise self.refuse(
                f"{quote(text)} is no cursor of the changes: take it from cursor, or leave it out to begin at the beginning."
            )
        return Position(int(found[1]), bytes.fromhex(found[2]))

    def schema(self) -> dict[str, Any]:
        """A cursor."""
        return {"type": "string", "pattern": f"^(0|{_CURSOR})$"}


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Since("since", "The cursor after which to go on; from the beginning when nothing is said."),
        Flag("documents", "Whether to show the document of each version that was added or changed."),
        Endpoints(
            "endpoint",
            "Changes of records of these endpoints only.",
            tuple(ENDPOINTS),
            "is not an endpoint with records",
        ),
        Whole("page_size", "How many changes a page has.", 1, MOST_ROWS, PAGE_SIZE),
        FORMAT,
    )
}
# Each by its primary key: the entry that published a version has the same sequence.
_DOCUMENT = " ".join(
    f"WHEN '{name}' THEN (SELECT p.document FROM {endpoint.table} p WHERE p.sequence = e.sequence)"
    for name, endpoint in ENDPOINTS.items()
)


class ChangesView(Reading):
    """A page of the changes of the published record, oldest first."""

    parameters = PARAMETERS
    where = "changes"
    operation = "changes"
    summary = "What was added, changed, withdrawn, merged and erased, in the order of commits."
    explained = (
        "Whoever applies every change from the beginning holds the published record. `next` is null where nothing more "
        "has happened yet; `cursor` is where to go on later, and never expires: it is refused by 409 where the record "
        "is not the one that it was taken from."
    )
    tag = "changes"
    shown: ClassVar[Any] = ChangesPage
    problems = (409,)

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponse:
        """The changes after a place, and the place after them."""
        values = filters.read(PARAMETERS, question)
        since, newest = _checked(values.get("since", BEGINNING))
        size = values.get("page_size", PAGE_SIZE)
        rows = _rows(since, newest, values, size + 1)
        more, rows = len(rows) > size, rows[:size]
        # Where nothing more is there, all up to the newest has been looked through, whatever was asked for.
        to = _place(rows[-1]) if more else newest
        following = None
        if more:
            following = address(PATH, {**question, "since": to.text})
        documents = values.get("documents", False)
        found = answer(
            b'{"next":%b,"previous":null,"cursor":%b,"results":[%b]}'
            % (
                as_json(following),
                as_json(to.text),
                b",".join(_shown(row, documents=documents) for row in rows),
            )
        )
        if following:
            link(found, "next", following)
        return found


def _checked(since: Position) -> tuple[Position, Position]:
    """The place asked for, and the newest. Raises Problem 409 where the first is not in this record."""
    found = reading.rows(
        "SELECT (SELECT b.digest FROM published_entry e JOIN published_block b ON b.id = e.block WHERE e.sequence = %s), "
        "last, digest FROM published_block ORDER BY id DESC LIMIT 1",
        [since.sequence],
    )
    there, last, digest = found[0] if found else (None, *BEGINNING)
    newest = Position(last, bytes(digest))
    if since == BEGINNING or (there and bytes(there).startswith(since.digest)):
        return since, newest
    why = (
        f"change {since.sequence} is another one here"
        if there
        else f"there is no change {since.sequence} here, the newest is {last}"
    )
    message = (
        f"The cursor {quote(since.text)} is not of this record: {why}. The record was put back to an older state, "
        f"rewritten, or is another one. Compare your copy with {PATH}head/, and begin again without since."
    )
    raise Problem(409, message, [Fault("since", message)])


def _rows(since: Position, newest: Position, values: dict[str, Any], limit: int) -> list[tuple[Any, ...]]:
    """Entries after ``since`` up to ``newest``, each with the digest of its block, and with its document at the end."""
    document = f", CASE e.endpoint {_DOCUMENT} END" if values.get("documents") else ""
    choice = values.get("endpoint", Choice([], []))
    among = " AND e.endpoint = ANY(%s)" if choice.any_of else ""
    without = " AND e.endpoint <> ALL(%s)" if choice.none_of else ""
    return reading.rows(
        'SELECT e.sequence, b.digest, e.at, e.change, e.endpoint, e.slug, e."into", e.reason, e.version, e.digest, e.block'
        f"{document} FROM published_entry e JOIN published_block b ON b.id = e.block "
        f"WHERE e.sequence > %s AND e.sequence <= %s{among}{without} ORDER BY e.sequence LIMIT %s",
        [since.sequence, newest.sequence, *(names for names in choice if names), limit],
    )


def _place(row: tuple[Any, ...]) -> Position:
    return Position(row[0], bytes(row[1]))


def _shown(row: tuple[Any, ...], *, documents: bool) -> bytes:
    """A change as readers get it; its document as the database keeps it, letter by letter."""
    at, change, endpoint, slug, into, reason, version, digest, block = row[2:11]
    told = as_json(
        {
            "cursor": _place(row).text,
            "at": instant(at),
            "change": change,
            "record": f"{endpoint}/{slug}",
            "into": f"{endpoint}/{into}" if into else None,
            "reason": reason,
            "version": version,
            "digest": bytes(digest).hex(),
            "block": block,
        }
    )
    return told[:-1] + b',"document":%b}' % (row[11] or b"null") if documents else told


VERIFIED = (
    "The digest of a change is the SHA-256 of endpoint, slug, version, change, the slug under which the record goes on, "
    "reason and document, joined by line feeds in UTF-8; what it lacks is empty. The digest of a block is the SHA-256 of "
    "the digest of the block before, 32 zero bytes before the first, of its instant, and of the digests of its changes in order."
)


class ChangesHeadView(Reading):
    """The newest block."""

    parameters: ClassVar[dict[str, Parameter]] = {FORMAT.name: FORMAT}
    where = "the newest block"
    operation = "changes_head"
    summary = "The newest block: its digest seals every change up to it."
    explained = "A copy that was kept by `changes/` is whole where its own digest comes to this one. `verify` says how it is made."
    tag = "changes"
    shown: ClassVar[Any] = ChangesHead

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponse:
        """Its number, instant and digest, and what it holds."""
        filters.read(self.parameters, question)
        return answer(as_json(reading.REMEMBERED.get(version, "head", lambda: _head(version))))


def _head(version: reading.Version) -> dict[str, Any]:
    found = reading.rows("SELECT at, first, last FROM published_block WHERE id = %s", [version.number])
    counts = reading.rows(
        "SELECT change, count(*) FROM published_entry WHERE block = %s GROUP BY change", [version.number]
    )
    at, first, last = found[0] if found else (None, 0, 0)
    digest = version.digest or NOTHING
    return {
        "block": version.number,
        "at": instant(at) if at else None,
        "digest": digest.hex(),
        "cursor": Position(last, digest).text,
        "first": first,
        "last": last,
        "changes": dict.fromkeys(Change.values, 0) | {row[0]: row[1] for row in counts},
        "verify": VERIFIED,
    }
