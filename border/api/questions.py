"""What each endpoint can be asked: its parameters, derived from its document and its published columns."""

from dataclasses import dataclass
from functools import cache, cached_property

from border.api.measures import Day, Degrees, Instant, Kilometres, Whole, WindowEnd
from border.api.parameters import Countries, Datasets, Fields, Flag, OneOf, Parameter, Phrase, Slugs, Words
from border.documents.fields import Reference, Word
from border.kernel.records import Confidence
from border.publication.endpoints import ENDPOINTS, Endpoint
from events.choices import ParticipantRole
from sources.choices import Stance

PAGE_SIZE, MOST_ROWS = 100, 1000

# Records of these happened, or came out, at a time; those of the others lasted for one.
HAPPENED = {"events", "sources", "findings"}
# Scalar columns that a parameter of the same name asks for, in the order in which they are listed.
_WORDS = ("kind", "role", "status", "basis", "mode", "share", "modality")
_RECORDS = ("subject", "object", "child", "parent", "crossing", "origin", "destination", "via", "episode")

_SAYS_DAY = "the answer says of each row, as surely, whether its narrowest reading agrees"


@dataclass(frozen=True, eq=False)
class Questions:
    """The parameters of one endpoint, each by its name."""

    endpoint: Endpoint

    @cached_property
    def filters(self) -> dict[str, Parameter]:
        """Those that choose rows."""
        parameters = [*self._when(), *self._which(), *self._who_and_where(), *self._map(), *self._text()]
        return {parameter.name: parameter for parameter in parameters}

    @cached_property
    def shape(self) -> dict[str, Parameter]:
        """Those that shape a list."""
        parameters = [
            OneOf(
                "ordering", "What the list is ordered by; a minus sign turns the order round.", self.orderings
            ),
            self._fields,
            Whole("page_size", "How many rows a page has.", 1, MOST_ROWS, PAGE_SIZE),
            Flag("count", "Whether to count exactly how many rows there are."),
            self._format,
            Parameter("cursor", "Where a page begins; take it from next and previous."),
        ]
        return {parameter.name: parameter for parameter in parameters}

    @cached_property
    def of_list(self) -> dict[str, Parameter]:
        """All those of the list."""
        return {**self.filters, **self.shape}

    @cached_property
    def of_record(self) -> dict[str, Parameter]:
        """Those of a single record."""
        days = [self.filters[name] for name in ("on", "from", "to") if name in self.filters]
        return {parameter.name: parameter for parameter in (*days, KNOWN_AT, self._fields, self._format)}

    @cached_property
    def orderings(self) -> tuple[str, ...]:
        """The orders it can be listed in; the first when nothing is said."""
        sort = {"r.slug": (), "to_char(r.ordinal, 'FM000000.00')": ("ordinal",)}.get(
            self.endpoint.sort, ("date",)
        )
        return tuple(order for name in (*sort, "slug", "changed") for order in (name, f"-{name}"))

    @cached_property
    def columns(self) -> set[str]:
        """The columns of its published table."""
        return {field.name for field in self.endpoint.published._meta.concrete_fields}

    @property
    def happened(self) -> bool:
        """Whether its rows fall in a window, rather than overlap it."""
        return self.endpoint.name in HAPPENED

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The top-level fields of its document."""
        return tuple(self.endpoint.document().fields)

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats in which its records are told; the first when nothing is said."""
        return ("json", "ndjson", "csv", *(("geojson",) if "reach" in self.columns else ()))

    @cached_property
    def _format(self) -> Parameter:
        return OneOf(
            "format", "The format of the answer; others than json hold the whole list.", self.formats
        )

    @cached_property
    def _fields(self) -> Parameter:
        return Fields("fields", "Which fields of the documents to show, instead of all.", self.fields)

    def _when(self) -> list[Parameter]:
        if not self.endpoint.dated:
            return []
        verb = "fall in" if self.happened else "hold on some day of"
        return [
            Day("on", f"Rows that hold, or happen, on this day; {_SAYS_DAY}."),
            WindowEnd(
                "from",
                f"Rows that {verb} the window from this day, or from the first of this EDTF date; {_SAYS_DAY}.",
            ),
            WindowEnd("to", f"Rows that {verb} the window up to this day, or to the last of this EDTF date."),
            OneOf(
                "date_match",
                "With on, from or to: rows that possibly, or only rows that certainly, answer.",
                ("possible", "certain"),
            ),
        ]

    def _which(self) -> list[Parameter]:
        fields = self.endpoint.document().fields
        found: list[Parameter] = []
        for name in _WORDS:
            field = fields.get(name)
            if name in self.columns and isinstance(field, Word) and field.vocabulary:
                found.append(Words(name, f"The {name} of the record.", field.vocabulary, name))
        for name in _RECORDS:
            field = fields.get(name)
            if name in self.columns and isinstance(field, Reference):
                found.append(Slugs(name, f"Slug of the {name}.", field.endpoint, name))
        found.append(Words("confidence", "Confidence in the statement.", Confidence, "confidence"))
        if "contested" in self.columns:
            found.append(Flag("contested", "Whether a citation disputes what the record keeps."))
        if "countries" in self.columns:
            found.append(Countries("country", "Country codes, ISO 3166-1."))
        return found

    def _who_and_where(self) -> list[Parameter]:
        about = "about_" if self.endpoint.name == "findings" else ""
        found: list[Parameter] = []
        if "territories" in self.columns:
            found += [
                Slugs(
                    f"{about}territory",
                    "A territory and all that lay in it on the row's own dates, and on the day or window asked for.",
                    "territories",
                    "territories",
                    many=True,
                ),
                OneOf(
                    "territory_scope",
                    f"With {about}territory: that territory and all inside it; only itself; or the areas that contain it.",
                    ("within", "exact", "covering"),
                ),
            ]
        if "actors" in self.columns:
            found.append(
                Slugs(f"{about}actor", "An actor that takes part in it.", "actors", "actors", many=True)
            )
        if "roles" in self.columns:
            meaning = "The role of a participant; with actor, of that actor."
            found.append(Words("role", meaning, ParticipantRole, "roles", many=True))
        if self.endpoint.cited:
            found += [
                Slugs("source", "A source it cites.", "sources", "sources", many=True),
                Words("stance", "How a citation bears on the record.", Stance, "stances", many=True),
            ]
        if "datasets" in self.columns:
            found.append(Datasets("dataset", "A dataset that it cites.", "datasets", many=True))
        elif "dataset" in self.columns:
            found.append(Datasets("dataset", "The dataset of which it is a release.", "dataset"))
        return found

    def _map(self) -> list[Parameter]:
        if "reach" not in self.columns:
            return []
        reaches = "rows whose uncertainty reaches in are found too"
        return [
            Degrees("bbox", f"A box on the map; {reaches}.", ("west", "south", "east", "north")),
            Degrees("near", f"A point; with within_km, rows around it; {reaches}.", ("lon", "lat")),
            Kilometres("within_km", "With near: how far around it."),
            Kilometres("border_within_km", f"Rows so near to the border; {reaches}."),
        ]

    def _text(self) -> list[Parameter]:
        return [
            Phrase(
                "q",
                'Words of its texts, as people write them ("exact phrase", or, -not), and its names in any script.',
            ),
            Instant("changed_since", "Rows whose published record changed at this instant or later."),
            KNOWN_AT,
        ]


KNOWN_AT = Instant(
    "known_at",
    "The answer that was given at this instant: with what was public then, and nothing that came or changed later.",
)
FORMAT = OneOf("format", "The format of the answer.", ("json",))


@cache
def questions_of(endpoint: str) -> Questions:
    """The parameters of the endpoint of this name. Raises KeyError for others."""
    return Questions(ENDPOINTS[endpoint])
