"""What readers get of territories, containments and crossings."""

from border.documents.citations import Citations, SourceReference
from border.documents.fields import (
    Boolean,
    Date,
    Document,
    Integer,
    OptionalText,
    Point,
    Reference,
    Text,
    Texts,
    Url,
    Word,
)
from border.documents.lists import Rows
from border.kernel.records import NameKind
from territories.choices import Basis, CrossingState, Mode, TerritoryKind
from territories.models import (
    Containment,
    ContainmentCitation,
    Crossing,
    CrossingStatus,
    CrossingStatusCitation,
    Territory,
    TerritoryCitation,
    TerritoryName,
)


class NameDocument(Document):
    """A further name: text, language, script, kind, who uses it and when."""

    text = Text()
    language = Text()
    script = Word()
    kind = Word(NameKind)
    sub_kind = Text()
    used_by = Text()
    ambiguous = Boolean()
    period = Date()
    source = SourceReference()
    note = Text()


class TerritoryNameDocument(NameDocument):
    """A further name of a territory."""

    model = TerritoryName


class TerritoryDocument(Document):
    """A place that somebody can hold, cross or contest."""

    model = Territory
    endpoint = "territories"

    slug = Text()
    url = Url("territories")
    name = Text()
    name_ar = Text()
    kind = Word(TerritoryKind)
    sub_kind = Text()
    countries = Texts()
    pcode = OptionalText()
    geonames_id = Integer()
    wikidata_id = OptionalText()
    population = Integer("persons")
    existed = Date()
    point = Point()
    names = Rows(TerritoryNameDocument, order=("text", "language"))
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(TerritoryCitation)


class ContainmentDocument(Document):
    """A statement that one territory lay in another, in some sense, for a time."""

    model = Containment
    endpoint = "containments"

    slug = Text()
    url = Url("containments")
    child = Reference("territories")
    parent = Reference("territories")
    basis = Word(Basis)
    according_to = Text()
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(ContainmentCitation)


class CrossingDocument(Document):
    """A place where a border is crossed: its two sides and two names."""

    model = Crossing
    endpoint = "crossings"

    slug = Text()
    url = Url("crossings")
    territory = Reference("territories")
    side_a = Reference("territories")
    name_a = Text()
    side_b = Reference("territories")
    name_b = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()


class CrossingStatusDocument(Document):
    """A statement that a crossing was open, closed or otherwise for a time."""

    model = CrossingStatus
    endpoint = "crossing-statuses"

    slug = Text()
    url = Url("crossing-statuses")
    crossing = Reference("crossings", name="territory.name")
    status = Word(CrossingState, source="state")
    sub_status = Text(source="sub_state")
    mode = Word(Mode)
    traffic = Text()
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(CrossingStatusCitation)
