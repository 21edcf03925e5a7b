"""The CSV files of sources, and the columns that every file of citations has."""

from django.db import models

from border.contracts.declare import Contract
from sources.models import Source

CONTRACTS = (
    Contract(
        "sources",
        Source,
        "slug kind title title_original authors publisher published language standpoint url archived_url doi isbn "
        "dataset version access_note licence redistributable reliability sensitivity "
        "confidence confidence_reason note",
    ),
)


def citations(name: str, model: type[models.Model]) -> Contract:
    """The file of the citations of one noun; ``record`` is the slug of what is cited."""
    return Contract(
        name,
        model,
        "record number source attribute asserted_value stance locator quote reliability credibility note",
        key="record number",
    )


def names(name: str, model: type[models.Model]) -> Contract:
    """The file of the further names of one noun; ``record`` is the slug of the bearer."""
    return Contract(
        name,
        model,
        "record text language kind sub_kind used_by ambiguous source period note",
        key="record text language",
    )
