"""An actor: its identity, names and citations."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from actors.choices import ActorKind
from border.kernel import rules
from border.kernel.countries import country_codes, country_field
from border.kernel.dates import Dated, DatedQuerySet, EDTFField
from border.kernel.history import tracked
from border.kernel.naming import Name
from border.kernel.records import (
    KeyedQuerySet,
    Named,
    Reviewed,
    Slugged,
    in_order,
    keyed_indexes,
    reviewed_rules,
)
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.models import Territory


class ActorQuerySet(KeyedQuerySet, DatedQuerySet):
    """Words about actors."""


@tracked()
class Actor(Slugged, Reviewed, Dated, Named):
    """A state, group, population or person that holds, crosses or contests the border."""

    dated_by: ClassVar[str] = "existed"
    period = None

    kind = models.CharField(
        max_length=30,
        choices=ActorKind,
        help_text="What sort of body or person it is.",
        db_comment="Kind of actor, see the vocabulary of actor kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as jihadist group or parastate unit.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    countries = country_field(
        help_text="ISO 3166-1 codes of the states it belongs to or acts from: none, one or several.",
        db_comment="ISO 3166-1 alpha-2 codes of the states it belongs to or acts from: none, one or several.",
    )
    existed = EDTFField(
        blank=True,
        default="",
        db_default="",
        help_text="From its founding to its end, as EDTF: 2014-06-10/.., 2003~/2013-04-08; empty if unknown.",
        db_comment="Period from its founding to its end, EDTF text; empty where unknown.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The body it is reckoned to. Dated and cited belonging is a relationship.",
        db_comment="The body it is reckoned to, undated; dated and cited belonging is a relationship.",
    )
    home = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actors_at_home",
        help_text="Where it comes from or sits.",
        db_comment="The territory it comes from or sits in.",
    )
    wikidata_id = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        verbose_name="Wikidata id",
        help_text="Such as Q2429253.",
        db_comment="Identifier in Wikidata, beginning with Q.",
    )
    acled_name = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="ACLED name",
        help_text="The actor's name in ACLED.",
        db_comment="Name of the actor in ACLED.",
    )
    ucdp_name = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="UCDP name",
        help_text="The actor's name in UCDP.",
        db_comment="Name of the actor in UCDP.",
    )
    ucdp_id = models.PositiveIntegerField(
        null=True,
        blank=True,
        verbose_name="UCDP id",
        help_text="The actor's number in UCDP.",
        db_comment="ActorId in the UCDP Actor Dataset; several actors may share one.",
    )

    objects = ActorQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "States, groups, populations and persons that hold, cross or contest the border."
        indexes = [*Dated.Meta.indexes, *keyed_indexes("actor"), in_order("actor", "name")]
        constraints = [
            *reviewed_rules("actor"),
            *Dated.Meta.constraints,
            one_of("actor", "kind", ActorKind),
            rules.present("actor", "name", "An actor needs a name."),
            country_codes("actor"),
            models.CheckConstraint(
                name="actor_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="An actor is not a part of itself.",
            ),
            models.CheckConstraint(
                name="actor_wikidata_form",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message="A Wikidata id looks like Q858.",
            ),
            rules.clean_text(
                "actor",
                lines=(
                    "name",
                    "name_ar",
                    "sub_kind",
                    "confidence_reason",
                    "existed",
                    "wikidata_id",
                    "acled_name",
                    "ucdp_name",
                ),
                texts=("note",),
            ),
        ]


@tracked()
class ActorName(Name):
    """A further name of an actor, with who uses it and when."""

    record = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="names",
        help_text="Whose name it is.",
        db_comment="The actor that bears the name.",
    )
    source = Name.source_field("actor_names")

    class Meta:
        db_table_comment = (
            "Further names of actors: self-designations, abbreviations, transliterations, dataset names."
        )
        indexes = [*Dated.Meta.indexes, *keyed_indexes("actor_name")]
        constraints = Name.rules("actor_name")


@tracked()
class ActorCitation(Citation):
    """A passage that bears on an actor."""

    record = models.ForeignKey(
        Actor,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The actor cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on actors."
        constraints = citation_rules("actor")
