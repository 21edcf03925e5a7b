"""The further names of actors and territories."""

from typing import Any, ClassVar

from django.db import models

from border.kernel import names, rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.prose import Prose
from border.kernel.records import Keyed, KeyedQuerySet, NameKind, Script
from border.kernel.vocabulary import one_of


class NameQuerySet(KeyedQuerySet, DatedQuerySet):
    """Words about further names."""


class Name(Dated, Keyed):
    """A further name: its text, language, script and kind, who uses it and when. Abstract."""

    keyed_by: ClassVar[tuple[str, ...]] = ("text",)
    derived: ClassVar[tuple[str, ...]] = ("search_keys", "script")

    text = models.CharField(
        max_length=250,
        help_text="The name as it is written.",
        db_comment="The name as it is written, in its own script.",
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        default="",
        db_default="",
        help_text="BCP 47: ar for Arabic script, ar-Latn for Arabic in Latin letters, en, fa, ku-Latn.",
        db_comment="Language and script of the name, BCP 47.",
    )
    script = models.CharField(
        max_length=4,
        choices=Script,
        editable=False,
        db_comment="Script of the text, ISO 15924 in lower case; derived from the text.",
    )
    kind = models.CharField(
        max_length=16,
        choices=NameKind,
        help_text="What the name is to its bearer.",
        db_comment="Kind of name, see the vocabulary of name kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as metonym or press error.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    used_by = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Who uses it: UCDP, ACLED, press …",
        db_comment="Who uses the name: a dataset, agency, paper or people.",
    )
    ambiguous = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The same name is also used for something else.",
        db_comment="True where the same name is also used for something else.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What a reader should know about this name.",
        db_comment="The curator's note on this name. Published with it.",
    )

    objects = NameQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    def derive(self) -> None:
        """Search keys and script follow from the text."""
        super().derive()
        script = names.script(self.text).lower()
        self.script = script if script in Script.values else Script.OTHER

    @staticmethod
    def source_field(related_name: str) -> models.ForeignKey:
        """The column that says where the name was seen."""
        return models.ForeignKey(
            "sources.Source",
            on_delete=models.PROTECT,
            null=True,
            blank=True,
            related_name=related_name,
            help_text="Where the name was seen.",
            db_comment="The source in which the name was seen.",
        )

    @staticmethod
    def rules(noun: str) -> list[Any]:
        """The rules of the names of ``noun``."""
        return [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "text", "language"],
                name=f"{noun}_once",
                violation_error_message="The record already has this name in this language.",
            ),
            one_of(noun, "kind", NameKind),
            rules.language_form(noun),
            one_of(noun, "script", Script),
            rules.present(noun, "text", "A name is not empty."),
            rules.clean_text(
                noun, lines=("text", "language", "sub_kind", "used_by", "period"), texts=("note",)
            ),
        ]
