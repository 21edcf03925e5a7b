"""The chain of the history: a line for each row of history, and a block for each transaction that wrote some.

The database writes all of it, by triggers (`migrations/0002_chain.py`); nobody else may.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Shape(models.Model):
    """The columns that a history table had while some of its rows were written.

    A digest covers the columns of its time: columns that a migration adds later leave it as it is.
    """

    id = models.AutoField(primary_key=True, db_comment="Number of the shape; lines refer to it.")
    table = models.TextField(db_comment="The history table.")
    columns = ArrayField(models.TextField(), db_comment="The columns that the table had, in their order.")
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 of the names of the table and of its columns; the digests of rows begin with it.",
    )

    class Meta:
        db_table_comment = (
            "Columns that history tables had while rows were written, so that old digests can be made again."
        )
        indexes = [models.Index(fields=["table"], name="history_shape_table")]

    def __str__(self) -> str:
        return f"{self.table} ({len(self.columns)} columns)"


class Line(models.Model):
    """The fingerprint of one row of history, in the order in which history happened."""

    sequence = models.BigIntegerField(
        primary_key=True, db_comment="Number of the row of history (its pgh_id): one order over all tables."
    )
    shape = models.IntegerField(
        db_comment="Which table it is in, and the columns that it had: history_shape.id."
    )
    first = models.BigIntegerField(
        db_comment="Sequence of the first line of its block, by which the block is known before it has a number."
    )
    digest = models.BinaryField(
        max_length=32, db_comment="SHA-256 of the digest of its shape and of the row as text."
    )

    class Meta:
        db_table_comment = (
            "Fingerprints of all rows of history, in order: the proof that none was quietly rewritten."
        )
        indexes = [models.Index(fields=["first"], name="history_line_block")]

    def __str__(self) -> str:
        return f"line {self.sequence}"


class Block(models.Model):
    """One transaction that wrote history: its rows, and who and why, chained to the block before."""

    id = models.BigIntegerField(primary_key=True, db_comment="Number of the block, from 1 without gaps.")
    first = models.BigIntegerField(
        null=True, db_comment="Sequence of its first line; null where a context alone says more than before."
    )
    last = models.BigIntegerField(null=True, db_comment="Sequence of its last line.")
    rows = models.BigIntegerField(db_comment="How many lines it has: those of other blocks may lie between.")
    at = models.DateTimeField(db_comment="When it was committed; later than every block before.")
    contexts = ArrayField(
        models.UUIDField(),
        db_comment="Who and why: the rows of pghistory_context that its rows refer to, or that it let say more.",
    )
    context_digests = ArrayField(
        models.BinaryField(max_length=32), db_comment="SHA-256 of each of these contexts as it stood then."
    )
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 over the digest of the block before, its own figures, and the digests of its rows and contexts.",
    )

    class Meta:
        db_table_comment = "Transactions that wrote history, chained by digest in the order of commits."
        constraints = [
            models.UniqueConstraint(
                fields=["first"],
                name="history_block_once",
                violation_error_message="A line of history belongs to one block.",
            )
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"


class Pending(models.Model):
    """A transaction under way that has written history: it is made a block at its end. Empty at rest."""

    transaction = models.BigIntegerField(
        primary_key=True, db_comment="Number of the transaction (pg_current_xact_id)."
    )
    first = models.BigIntegerField(
        null=True,
        db_comment="Sequence of the first line of the block to come; null as long as there is none.",
    )
    contexts = ArrayField(
        models.UUIDField(), db_comment="The contexts that its rows refer to so far, or that it let say more."
    )
    held = models.BooleanField(
        db_default=False,
        default=False,
        db_comment="True while rules are asked before their time: the block then waits for the commit.",
    )
    last = models.BooleanField(
        db_default=False,
        default=False,
        db_comment="True once everything else that waits for the end of the transaction goes before.",
    )

    class Meta:
        verbose_name_plural = "pending"
        db_table_comment = (
            "Transactions under way that have written history; each row leaves with its transaction."
        )

    def __str__(self) -> str:
        return f"transaction {self.transaction}"
