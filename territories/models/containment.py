"""What lay in what, in which sense, and when."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.choices import Basis
from territories.models.territory import Territory

# A chain that leads from the parent back to the child, on a day that all its links share, would make the
# child lie in itself on that day. The trigger fires at the end of the transaction: a row that was changed again
# or taken away since is not judged, and one transaction at a time is, so that two cannot close a circle together.
NO_CYCLE = """
    PERFORM pg_advisory_xact_lock(hashtext('containment_no_cycle'));
    IF EXISTS (
        SELECT FROM territories_containment
        WHERE (id, child_id, parent_id, possible) = (NEW.id, NEW.child_id, NEW.parent_id, NEW.possible)
    ) AND EXISTS (
        WITH RECURSIVE above(territory, days) AS (
            SELECT NEW.parent_id, NEW.possible
            UNION
            SELECT link.parent_id, above.days * link.possible
            FROM above JOIN territories_containment link ON link.child_id = above.territory
            WHERE NOT isempty(above.days * link.possible)
        )
        SELECT FROM above WHERE territory = NEW.child_id
    ) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation', CONSTRAINT = 'containment_no_cycle', TABLE = 'territories_containment',
            MESSAGE = 'containment_no_cycle: with ' || NEW.slug || ' a territory would lie in itself on some day. '
                || 'Change the period, or the containment that leads back.';
    END IF;
    RETURN NULL;
"""


class ContainmentQuerySet(DatedQuerySet):
    """Words about containments."""


@tracked()
class Containment(Slugged, Reviewed, Statement):
    """A statement that one territory lay in another, in some sense, for a time."""

    child = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="containments",
        help_text="What lies inside.",
        db_comment="The territory that lies inside.",
    )
    parent = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="contents",
        help_text="What it lies in.",
        db_comment="The territory that it lies in.",
    )
    basis = models.CharField(
        max_length=10,
        choices=Basis,
        help_text="In what sense.",
        db_comment="In what sense: de jure, declared, de facto, geographic or analytic.",
    )
    according_to = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="By whose law or declaration: the slug of that actor, or words.",
        db_comment="By whose law or declaration: an actor's slug, or words.",
    )

    objects = ContainmentQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "Statements that one territory lay in another, in some sense, for a time."
        indexes = [*Dated.Meta.indexes]
        triggers = [
            *Slugged.Meta.triggers,
            pgtrigger.Trigger(
                name="no_cycle",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("child_id", "parent_id", "possible"),
                timing=pgtrigger.Deferred,
                func=NO_CYCLE,
            ),
        ]
        constraints = [
            *reviewed_rules("containment"),
            *Dated.Meta.constraints,
            one_of("containment", "basis", Basis),
            models.CheckConstraint(
                name="containment_not_in_itself",
                condition=~Q(child=F("parent")),
                violation_error_message="A territory does not lie in itself.",
            ),
            rules.clean_text(
                "containment",
                lines=("according_to", "confidence_reason", *Statement.LINES),
                texts=("note", *Statement.TEXTS),
            ),
        ]


@tracked()
class ContainmentCitation(Citation):
    """A passage that bears on a containment."""

    record = models.ForeignKey(
        Containment,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The containment cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on containments."
        constraints = citation_rules("containment")
