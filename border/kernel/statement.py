"""A dated statement, with the words in which its source gave the date and how the curator read them."""

from typing import ClassVar

from django.db import models

from border.kernel.dates import Dated
from border.kernel.prose import Prose


class Statement(Dated):
    """Something said to hold for a time: the period, the source's own words for it, how they were read."""

    LINES: ClassVar[tuple[str, ...]] = ("period", "date_verbatim")
    TEXTS: ClassVar[tuple[str, ...]] = ("date_note",)

    date_verbatim = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="The words in which the source gives the date.",
        db_comment="The words in which the source gives the date or period.",
    )
    date_note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="How those words were read as EDTF, and why.",
        db_comment="How the source's words were read as EDTF, and why.",
    )

    class Meta(Dated.Meta):
        abstract = True
