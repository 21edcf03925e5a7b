"""What crosses the border: fighters, arms, goods, people, influence."""

from django.db import models

from actors.models import Actor
from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from events.choices import MovementKind
from events.models.episode import Episode
from sources.models import Citation, citation_rules
from territories.models import Territory


@tracked()
class Movement(Slugged, Reviewed, Statement):
    """A statement that something or somebody moved from one territory to another for a time."""

    title = models.CharField(
        max_length=200, help_text="What moved, in a line.", db_comment="What moved, in a line."
    )
    kind = models.CharField(
        max_length=10,
        choices=MovementKind,
        help_text="What moves.",
        db_comment="Kind of movement, see the vocabulary of movement kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as soldiers or oil.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    mover = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        help_text="Who moves, or moves it.",
        db_comment="The actor that moves, or moves it.",
    )
    origin = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements_from",
        help_text="From where.",
        db_comment="The territory from which it moves.",
    )
    destination = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements_to",
        help_text="To where.",
        db_comment="The territory to which it moves.",
    )
    via = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements_through",
        help_text="Through where.",
        db_comment="The territory through which it moves.",
    )
    both_ways = models.BooleanField(
        default=False,
        db_default=False,
        help_text="It also moves from the destination to the origin.",
        db_comment="True where it also moves from the destination to the origin.",
    )
    direction = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="The direction in words, such as Iran through Iraq to Syria.",
        db_comment="The direction in the curators' words.",
    )
    quantity_low = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Lowest quantity, in the unit given.",
        db_comment="Lowest quantity, in the unit of the column unit.",
    )
    quantity_high = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Highest quantity, in the unit given.",
        db_comment="Highest quantity, in the unit of the column unit.",
    )
    unit = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="Of what the quantity counts: soldiers, trucks, barrels a day.",
        db_comment="Unit of the quantities.",
    )
    purpose = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="What for.",
        db_comment="What for, in the curators' words.",
    )
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        help_text="The episode it belongs to.",
        db_comment="The episode it belongs to.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = (
            "Statements that something or somebody moved from one territory to another for a time."
        )
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("movement"),
            *Dated.Meta.constraints,
            one_of("movement", "kind", MovementKind),
            rules.present("movement", "title", "A movement needs a title."),
            rules.ordered("movement", "quantity_low", "quantity_high"),
            rules.not_negative("movement", "quantity_low", "quantity_high"),
            rules.clean_text(
                "movement",
                lines=(
                    "title",
                    "sub_kind",
                    "direction",
                    "unit",
                    "purpose",
                    "confidence_reason",
                    *Statement.LINES,
                ),
                texts=("note", *Statement.TEXTS),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class MovementCitation(Citation):
    """A passage that bears on a movement."""

    record = models.ForeignKey(
        Movement,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The movement cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on movements."
        constraints = citation_rules("movement")
