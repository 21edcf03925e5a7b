"""Vocabularies of events, movements, episodes and findings."""

from border.kernel.vocabulary import Vocabulary


class EventKind(Vocabulary):
    """What happened. Mapped to ACLED event and sub-event types, UCDP type of violence and PLOVER where one exists."""

    BATTLE = (
        "battle",
        "Armed clash between two or more organised sides.",
        "ACLED: Battles / Armed clash; UCDP: 1 or 2; PLOVER: ASSAULT",
        "Battle",
    )
    RAID = (
        "raid",
        "A short ground or air-landed attack that does not mean to stay.",
        "ACLED: Battles / Armed clash; UCDP: 1; PLOVER: ASSAULT",
        "Raid",
    )
    OPERATION = (
        "military_operation",
        "A campaign or offensive, including an invasion.",
        "ACLED: Battles; UCDP: 1; PLOVER: ASSAULT",
        "Military operation",
    )
    AIRSTRIKE = (
        "airstrike",
        "A strike from the air, by aircraft or drone.",
        "ACLED: Explosions/Remote violence / Air/drone strike; UCDP: 1; PLOVER: ASSAULT aerial",
        "Airstrike",
    )
    SHELLING = (
        "shelling",
        "Artillery, mortar or missile fire.",
        "ACLED: Explosions/Remote violence / Shelling/artillery/missile attack; PLOVER: ASSAULT heavy weapons",
        "Shelling",
    )
    BOMBING = (
        "bombing",
        "A planted, thrown or suicide bomb.",
        "ACLED: Explosions/Remote violence / Suicide bomb or Remote explosive/landmine/IED or Grenade; PLOVER: ASSAULT",
        "Bombing",
    )
    CHEMICAL = (
        "chemical_attack",
        "A chemical weapon used.",
        "ACLED: Explosions/Remote violence / Chemical weapon",
        "Chemical attack",
    )
    CIVILIANS = (
        "attack_on_civilians",
        "Violence against unarmed people.",
        "ACLED: Violence against civilians; UCDP: 3",
        "Attack on civilians",
    )
    ASSASSINATION = (
        "assassination",
        "The killing of a named person, meant.",
        "ACLED: Violence against civilians / Attack; PLOVER: ASSAULT assassinate",
        "Assassination",
    )
    ABDUCTION = (
        "abduction",
        "People taken or made to disappear.",
        "ACLED: Violence against civilians / Abduction/forced disappearance; PLOVER: COERCE",
        "Abduction",
    )
    TAKEOVER = (
        "territorial_takeover",
        "A place passes to other hands, by force or without.",
        "ACLED: Battles / Government regains territory or Non-state actor overtakes territory; Strategic developments / Non-violent transfer of territory; PLOVER: ASSAULT",
        "Territorial takeover",
    )
    DEPLOYMENT = (
        "deployment",
        "Forces arrive, set up or fortify.",
        "ACLED: Strategic developments / Headquarters or base established; PLOVER: MOBILIZE",
        "Deployment",
    )
    WITHDRAWAL = (
        "withdrawal",
        "Forces leave, flee or hand over.",
        "ACLED: Strategic developments / Change to group/activity; PLOVER: RETREAT",
        "Withdrawal",
    )
    COUP = "coup", "Power seized inside a state or party.", "PLOVER: MOBILIZE; Powell & Thyne: coup", "Coup"
    UNREST = "unrest", "An uprising, riot or unrest.", "ACLED: Riots; PLOVER: PROTEST", "Unrest"
    PROTEST = "protest", "A demonstration.", "ACLED: Protests; PLOVER: PROTEST", "Protest"
    ARREST = (
        "arrest",
        "People detained by an authority.",
        "ACLED: Strategic developments / Arrests; PLOVER: COERCE arrest",
        "Arrest",
    )
    SEIZURE = (
        "seizure",
        "Goods, arms or drugs seized, destroyed or looted.",
        "ACLED: Strategic developments / Looting/property destruction or Disrupted weapons use; PLOVER: COERCE seize",
        "Seizure",
    )
    DISPLACEMENT = (
        "displacement",
        "People flee or are driven out, or return.",
        "PLOVER: COERCE expel",
        "Displacement",
    )
    CROSSING_OPENED = (
        "crossing_opened",
        "A crossing is opened or reopened.",
        "PLOVER: CONCEDE",
        "Crossing opened",
    )
    CROSSING_CLOSED = "crossing_closed", "A crossing is closed.", "PLOVER: SANCTION", "Crossing closed"
    POLITICAL_CHANGE = (
        "political_change",
        "A government falls, a tie is broken, allegiance is sworn.",
        "ACLED: Strategic developments / Change to group/activity or Agreement; PLOVER: AGREE, REJECT",
        "Political change",
    )
    STATEMENT = (
        "statement",
        "Something said, claimed, announced or celebrated in public.",
        "ACLED: Strategic developments / Other; PLOVER: CONSULT, ACCUSE",
        "Statement",
    )
    MEASURE = (
        "administrative_measure",
        "An administrative, legal or economic act, sanctions included.",
        "PLOVER: SANCTION, COOPERATE",
        "Administrative measure",
    )
    INFRASTRUCTURE = (
        "infrastructure",
        "Something built, dug, laid or opened.",
        "PLOVER: AID, COOPERATE",
        "Infrastructure",
    )
    OTHER = (
        "other",
        "None of the above; say what in the finer kind.",
        "ACLED: Strategic developments / Other",
        "Other",
    )


class ParticipantRole(Vocabulary):
    """What an actor did in an event, or what was done to it."""

    INITIATOR = (
        "initiator",
        "Did it or began it.",
        "PLOVER: actor; ACLED: actor1 of Violence against civilians",
        "Initiator",
    )
    TARGET = (
        "target",
        "Was aimed at.",
        "PLOVER: recipient; ACLED: actor2 of Violence against civilians",
        "Target",
    )
    SIDE_A = (
        "side_a",
        "First side of a fight, in the order of the source.",
        "UCDP: side_a; ACLED: actor1",
        "Side A",
    )
    SIDE_B = (
        "side_b",
        "Second side of a fight, in the order of the source.",
        "UCDP: side_b; ACLED: actor2",
        "Side B",
    )
    ASSOCIATE = "associate", "Took part on another's side, or profited.", "ACLED: assoc_actor", "Associate"
    VICTIM = "victim", "Suffered harm, meant or not.", "", "Victim"
    MEDIATOR = "mediator", "Stood between the sides.", "PLOVER: MEDIATE", "Mediator"
    HOST = "host", "Gave place or leave for it.", "", "Host"
    CLAIMANT = "claimant", "Claims, denies, reports or comments on it.", "", "Claimant"


class Certainty(Vocabulary):
    """How sure the participation is."""

    CONFIRMED = "confirmed", "Not in doubt among the sources.", "", "Confirmed"
    ALLEGED = "alleged", "Said by some, unconfirmed.", "", "Alleged"
    DISPUTED = "disputed", "Said by some, denied by others.", "", "Disputed"


class CasualtyKind(Vocabulary):
    """What happened to people."""

    KILLED = "killed", "Died.", "UCDP: deaths; ACLED: fatalities", "Killed"
    INJURED = "injured", "Wounded.", "", "Injured"
    CAPTURED = "captured", "Taken prisoner.", "", "Captured"
    DISPLACED = "displaced", "Driven from home.", "IDMC: displacement", "Displaced"


class Whom(Vocabulary):
    """Who was harmed."""

    CIVILIANS = "civilians", "Civilians.", "UCDP: deaths_civilians", "Civilians"
    ACTOR = "actor", "Members of the actor named.", "UCDP: deaths_a, deaths_b", "An actor"
    UNKNOWN = "unknown", "The source does not say, or all together.", "UCDP: deaths_unknown", "Unknown or all"


class MovementKind(Vocabulary):
    """What moves."""

    FIGHTERS = "fighters", "Armed persons.", "", "Fighters"
    ARMS = "arms", "Weapons and munitions.", "", "Arms"
    GOODS = "goods", "Trade goods.", "", "Goods"
    DISPLACED = (
        "displaced",
        "People who flee, return or are driven out.",
        "IDMC: displacement",
        "Displaced people",
    )
    TRAVELLERS = "travellers", "People who cross by choice, and ties of kin and trade.", "", "Travellers"
    AID = "aid", "Relief.", "", "Aid"
    FUEL = "fuel", "Oil and fuel.", "", "Fuel"
    DRUGS = "drugs", "Narcotics.", "", "Drugs"
    INFLUENCE = "influence", "Political or ideological influence.", "", "Influence"


class EpisodeKind(Vocabulary):
    """What a stretch of time is to the story."""

    TURNING_POINT = "turning_point", "After it, things were otherwise.", "", "Turning point"
    PHASE = "phase", "A part of a longer stretch.", "", "Phase"
    BACKGROUND = "background", "What lay before or around it.", "", "Background"


class FindingKind(Vocabulary):
    """What sort of judgement a finding is."""

    ASSESSMENT = "assessment", "How things stand.", "", "Assessment"
    CAUSAL = "causal", "What brought what about.", "", "Causal"
    CONDITIONAL = "conditional", "What follows if something holds.", "", "Conditional"
    PREDICTION = "prediction", "What will come.", "", "Prediction"
    DILEMMA = "dilemma", "Every way out has its price; each way is a branch.", "", "Dilemma"


class Modality(Vocabulary):
    """How firmly a finding is put."""

    ASSERTED = "asserted", "As a fact.", "", "Asserted"
    LIKELY = "likely", "As likely.", "ICD 203: likely", "Likely"
    POSSIBLE = "possible", "As possible.", "ICD 203: roughly even chance", "Possible"
    UNCERTAIN = "uncertain", "As an open question.", "", "Uncertain"
    NECESSITY = "necessity", "As something that cannot be otherwise.", "", "Necessity"
    ALTERNATIVE = "alternative", "As one of several ways.", "", "Alternative"


class Verdict(Vocabulary):
    """Whether two records speak of the same event."""

    SAME = "same", "They are one event; it is counted once.", "", "Same"
    DIFFERENT = "different", "They are two events, for good.", "", "Different"
    UNSURE = "unsure", "Not decided.", "", "Unsure"


class Bound(Vocabulary):
    """Which end of a statement an event marks."""

    START = "start", "The event began it.", "", "Start"
    END = "end", "The event ended it.", "", "End"
