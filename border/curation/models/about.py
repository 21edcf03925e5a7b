"""What every row of curation is about: a record, named as the published record names it."""

from django.db import models


class About(models.Model):
    """A row about a record of any noun: its endpoint and slug, which never change hands."""

    endpoint = models.CharField(
        max_length=20,
        help_text="Endpoint of the record: events, actors …",
        db_comment="Endpoint of the record: events, actors …",
    )
    slug = models.CharField(
        max_length=100, help_text="Slug of the record.", db_comment="Slug of the record it is about."
    )

    class Meta:
        abstract = True
