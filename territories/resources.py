"""The CSV files of territories, what they lay in, their crossings, and their citations."""

from border.contracts.declare import Contract
from sources.resources import citations, names
from territories.models import (
    Containment,
    ContainmentCitation,
    Crossing,
    CrossingStatus,
    CrossingStatusCitation,
    Outline,
    Territory,
    TerritoryCitation,
    TerritoryName,
)

# An outline is one GeoJSON file, its geometry being the file's own; the columns are the properties beside it.
OUTLINES = Contract(
    "outlines",
    Outline,
    "territory number source period area_km2 note geometry",
    key="territory number",
)

CONTRACTS = (
    Contract(
        "territories",
        Territory,
        "slug kind sub_kind name name_ar countries pcode geonames_id wikidata_id population "
        "longitude latitude uncertainty_m people_at_risk existed confidence confidence_reason note",
    ),
    names("territory_names", TerritoryName),
    OUTLINES,
    citations("territory_citations", TerritoryCitation),
    Contract(
        "containments",
        Containment,
        "slug child parent basis according_to period date_verbatim date_note confidence confidence_reason note",
    ),
    citations("containment_citations", ContainmentCitation),
    Contract(
        "crossings",
        Crossing,
        "slug territory side_a name_a side_b name_b confidence confidence_reason note",
    ),
    Contract(
        "crossing_statuses",
        CrossingStatus,
        "slug crossing state sub_state mode traffic period date_verbatim date_note "
        "confidence confidence_reason note",
    ),
    citations("crossing_status_citations", CrossingStatusCitation),
)
