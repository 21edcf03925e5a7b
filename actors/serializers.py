"""What readers get of actors, relationships and authority."""

from actors.choices import ActorKind, AuthorityRole, RelationshipKind, Share, Side
from actors.models import (
    Actor,
    ActorCitation,
    ActorName,
    Authority,
    AuthorityCitation,
    CrossingControl,
    Relationship,
    RelationshipCitation,
)
from border.documents.citations import Citations
from border.documents.fields import Date, Document, Integer, OptionalText, Reference, Text, Texts, Url, Word
from border.documents.lists import Rows
from territories.choices import Mode
from territories.serializers import CrossingStatusDocument, NameDocument


class ActorNameDocument(NameDocument):
    """A further name of an actor."""

    model = ActorName


class ActorDocument(Document):
    """A state, group, population or person that holds, crosses or contests the border."""

    model = Actor
    endpoint = "actors"

    slug = Text()
    url = Url("actors")
    name = Text()
    name_ar = Text()
    kind = Word(ActorKind)
    sub_kind = Text()
    countries = Texts()
    existed = Date()
    parent = Reference("actors")
    home = Reference("territories")
    wikidata_id = OptionalText()
    acled_name = OptionalText()
    ucdp_name = OptionalText()
    ucdp_id = Integer()
    names = Rows(ActorNameDocument, order=("text", "language"))
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(ActorCitation)


class RelationshipDocument(Document):
    """A statement that one actor was something to another for a time."""

    model = Relationship
    endpoint = "relationships"

    slug = Text()
    url = Url("relationships")
    subject = Reference("actors")
    kind = Word(RelationshipKind)
    sub_kind = Text()
    object = Reference("actors")
    mode = Word(Mode)
    modality = Text()
    territory = Reference("territories")
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(RelationshipCitation)


class CrossingControlDocument(Document):
    """Who mans one side of a crossing."""

    model = CrossingControl

    side = Word(Side)
    actor = Reference("actors")


class ControlledCrossingStatusDocument(CrossingStatusDocument):
    """A statement that a crossing was open, closed or otherwise for a time, and who manned its sides."""

    controls = Rows(CrossingControlDocument, order=("side", "actor.slug"))


class AuthorityDocument(Document):
    """A statement that an actor held some authority over a territory for a time."""

    model = Authority
    endpoint = "authorities"

    slug = Text()
    url = Url("authorities")
    actor = Reference("actors")
    role = Word(AuthorityRole)
    sub_role = Text()
    territory = Reference("territories")
    mode = Word(Mode)
    share = Word(Share)
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(AuthorityCitation)
