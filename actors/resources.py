"""The CSV files of actors, their relationships, their authority, and their citations."""

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
from border.contracts.declare import Contract
from sources.resources import citations, names

CONTRACTS = (
    Contract(
        "actors",
        Actor,
        "slug kind sub_kind name name_ar countries existed parent home wikidata_id acled_name ucdp_name ucdp_id "
        "confidence confidence_reason note",
    ),
    names("actor_names", ActorName),
    citations("actor_citations", ActorCitation),
    Contract(
        "relationships",
        Relationship,
        "slug subject kind sub_kind object mode modality territory period date_verbatim date_note "
        "confidence confidence_reason note",
    ),
    citations("relationship_citations", RelationshipCitation),
    Contract(
        "authorities",
        Authority,
        "slug actor role sub_role territory mode share period date_verbatim date_note "
        "confidence confidence_reason note",
    ),
    citations("authority_citations", AuthorityCitation),
    Contract(
        "crossing_controls", CrossingControl, "crossing_status side actor", key="crossing_status side actor"
    ),
)
