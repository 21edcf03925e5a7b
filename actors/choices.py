"""Vocabularies of actors, relationships and authority."""

from border.kernel.vocabulary import Vocabulary


class ActorKind(Vocabulary):
    """What sort of body or person an actor is."""

    STATE = "state", "A state as a whole.", "ACLED inter 1 or 8; UCDP: government", "State"
    GOVERNMENT = (
        "government",
        "A cabinet, ruling body or regime of a state at one time.",
        "ACLED: government",
        "Government",
    )
    MILITARY = (
        "state_military",
        "An army, air force or unit of a state.",
        "ACLED inter 1: State forces",
        "State military",
    )
    SECURITY = (
        "state_security",
        "Police, border guard or intelligence service of a state.",
        "ACLED inter 1: State forces",
        "State security",
    )
    PARTY = "party", "A political party or a branch of one.", "PLOVER: PTY", "Party"
    ARMED_GROUP = (
        "nonstate_armed_group",
        "An organised armed group that fights a state or another group.",
        "ACLED inter 2: Rebel group; UCDP: rebel group",
        "Nonstate armed group",
    )
    MILITIA = (
        "militia",
        "An armed group beside or within a state, for it, for a party or for a community.",
        "ACLED inter 3, 4: Political or identity militia",
        "Militia",
    )
    COALITION = "coalition", "Several bodies acting under one name or command.", "UCDP: alliance", "Coalition"
    TRIBE = "tribe", "A tribe or clan.", "ACLED inter 4: Identity militia, when armed", "Tribe"
    POPULATION = (
        "population",
        "People of a place or group, not organised as one body.",
        "ACLED inter 7: Civilians",
        "Population",
    )
    CIVIL_AUTHORITY = (
        "civil_authority",
        "A ministry, council, customs or other civil office.",
        "PLOVER: GOV",
        "Civil authority",
    )
    COMPANY = "company", "A business.", "PLOVER: BUS", "Company"
    INTERNATIONAL = (
        "international_organisation",
        "A body of states or a humanitarian organisation.",
        "PLOVER: IGO",
        "International organisation",
    )
    PERSON = "person", "One human being.", "", "Person"
    AGGREGATE = (
        "aggregate",
        "A label for several actors that its user does not tell apart; members are relationships.",
        "",
        "Aggregate",
    )


class RelationshipKind(Vocabulary):
    """What the subject is or does to the object."""

    PART_OF = (
        "part_of",
        "The subject is a part, branch or unit of the object.",
        "FtM: Ownership, parent",
        "Part of",
    )
    MEMBER_OF = (
        "member_of",
        "The subject belongs to the object and stays itself.",
        "FtM: Membership",
        "Member of",
    )
    COMMANDS = "commands", "The subject gives the object orders that it follows.", "", "Commands"
    BACKS = (
        "backs",
        "The subject supports the object politically or in several ways.",
        "UCDP External Support",
        "Backs",
    )
    FUNDS = "funds", "The subject pays the object.", "UCDP External Support: funding", "Funds"
    ARMS = "arms", "The subject supplies weapons to the object.", "UCDP External Support: weapons", "Arms"
    ALLIED_WITH = (
        "allied_with",
        "Both fight or act on the same side by agreement. Symmetric.",
        "UCDP: alliance",
        "Allied with",
    )
    COORDINATES_WITH = (
        "coordinates_with",
        "Both adjust their acts to each other. Symmetric.",
        "PLOVER: COOPERATE",
        "Coordinates with",
    )
    RIVAL_OF = "rival_of", "Each strives against the other, short of war. Symmetric.", "", "Rival of"
    FIGHTS = "fights", "Each uses armed force against the other. Symmetric.", "UCDP: dyad", "Fights"
    OPPOSES = (
        "opposes",
        "The subject acts or speaks against the object, or strikes it, one-sidedly.",
        "PLOVER: DISAPPROVE, REJECT",
        "Opposes",
    )
    TENSION_WITH = (
        "tension_with",
        "Friction between the two, short of opposition. Symmetric.",
        "PLOVER: TENSIONS",
        "Tension with",
    )
    ACCOMMODATES = (
        "accommodates",
        "The subject puts up with the object or gives way to it.",
        "PLOVER: CONCEDE",
        "Accommodates",
    )
    SPLINTERED_FROM = (
        "splintered_from",
        "The subject broke away from the object.",
        "UCDP: splinter",
        "Splintered from",
    )
    SUCCEEDED = (
        "succeeded",
        "The subject took the place or name after the object.",
        "UCDP: name change",
        "Succeeded",
    )
    MERGED_INTO = "merged_into", "The subject dissolved into the object.", "UCDP: merger", "Merged into"


SYMMETRIC = ("allied_with", "coordinates_with", "fights", "rival_of", "tension_with")


class AuthorityRole(Vocabulary):
    """What an actor is to a territory."""

    SOVEREIGN = "sovereign", "The state to which it belongs in law.", "", "Sovereign"
    GOVERNS = "governs", "Runs its affairs: orders, courts, services, taxes.", "", "Governs"
    CONTROLS = (
        "controls",
        "Decides by force who enters, stays and moves.",
        "ACLED: territorial control events",
        "Controls",
    )
    PRESENT = "present", "Has people, bases or offices there, without deciding.", "", "Present"
    CONTESTS = "contests", "Fights or disputes another's hold, without holding it.", "", "Contests"
    INFLUENCES = "influences", "Shapes what others there decide.", "", "Influences"


class Share(Vocabulary):
    """Whether the actor is alone in its role there."""

    SOLE = "sole", "Alone.", "", "Sole"
    SHARED = "shared", "With others, by consent or side by side.", "", "Shared"
    CONTESTED = "contested", "Against others who claim or want the same.", "", "Contested"
    NONE = "none", "The statement is that it has no such role any more, or none in fact.", "", "None"


class Side(Vocabulary):
    """A side of a crossing."""

    A = "a", "The side called A in the crossing.", "", "Side A"
    B = "b", "The side called B in the crossing.", "", "Side B"
