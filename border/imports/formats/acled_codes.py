"""The words and codes of ACLED, and what they are here.

Kinds follow the sub-event type, which has one event type each. ``Change to group/activity`` may be a departure, a
split or an oath: it becomes a political change, which claims least. ``Other`` stays other.
"""

from events.choices import EventKind

# Each event type with the kind of a sub-event type that ACLED may add one day.
EVENT_TYPES = {
    "battles": EventKind.BATTLE,
    "protests": EventKind.PROTEST,
    "riots": EventKind.UNREST,
    "explosions/remote violence": EventKind.BOMBING,
    "violence against civilians": EventKind.CIVILIANS,
    "strategic developments": EventKind.OTHER,
}

SUB_EVENT_TYPES = {
    "government regains territory": ("battles", EventKind.TAKEOVER),
    "non-state actor overtakes territory": ("battles", EventKind.TAKEOVER),
    "armed clash": ("battles", EventKind.BATTLE),
    "excessive force against protesters": ("protests", EventKind.PROTEST),
    "protest with intervention": ("protests", EventKind.PROTEST),
    "peaceful protest": ("protests", EventKind.PROTEST),
    "violent demonstration": ("riots", EventKind.UNREST),
    "mob violence": ("riots", EventKind.UNREST),
    "chemical weapon": ("explosions/remote violence", EventKind.CHEMICAL),
    "air/drone strike": ("explosions/remote violence", EventKind.AIRSTRIKE),
    "suicide bomb": ("explosions/remote violence", EventKind.BOMBING),
    "shelling/artillery/missile attack": ("explosions/remote violence", EventKind.SHELLING),
    "remote explosive/landmine/ied": ("explosions/remote violence", EventKind.BOMBING),
    "grenade": ("explosions/remote violence", EventKind.BOMBING),
    "sexual violence": ("violence against civilians", EventKind.CIVILIANS),
    "attack": ("violence against civilians", EventKind.CIVILIANS),
    "abduction/forced disappearance": ("violence against civilians", EventKind.ABDUCTION),
    "agreement": ("strategic developments", EventKind.POLITICAL_CHANGE),
    "arrests": ("strategic developments", EventKind.ARREST),
    "change to group/activity": ("strategic developments", EventKind.POLITICAL_CHANGE),
    "disrupted weapons use": ("strategic developments", EventKind.SEIZURE),
    "headquarters or base established": ("strategic developments", EventKind.DEPLOYMENT),
    "looting/property destruction": ("strategic developments", EventKind.SEIZURE),
    "non-violent transfer of territory": ("strategic developments", EventKind.TAKEOVER),
    "other": ("strategic developments", EventKind.OTHER),
}

# The current text of each code, and every older text that stands in files.
_INTER = {
    "0": ("", "none"),
    "1": ("State forces", "state forces"),
    "2": ("Rebel group", "rebel group", "rebel groups", "rebel forces"),
    "3": ("Political militia", "political militia", "political militias", "militia groups"),
    "4": ("Identity militia", "identity militia", "identity militias", "communal", "identity groups"),
    "5": ("Rioters", "rioters"),
    "6": ("Protesters", "protesters", "protestors"),
    "7": ("Civilians", "civilians"),
    "8": ("External/Other forces", "external/other forces", "foreign", "others", "foreign/others"),
}
INTER = {"": ""} | {
    spelling: text for code, (text, *older) in _INTER.items() for spelling in (code, f"{code}.0", *older)
}


def _interactions() -> frozenset[str]:
    """Every way to write an interaction: the lower code first, one side alone with a 0 or the word only."""
    texts = {int(code): spellings[0] for code, spellings in _INTER.items() if code != "0"}
    found = {"", "0"}
    for low, text in texts.items():
        found |= {f"{low}0", f"{text} only".lower()}
        for high in range(low, 9):
            found |= {f"{low}{high}", f"{text}-{texts[high]}".lower(), f"{texts[high]}-{text}".lower()}
    return frozenset(found)


INTERACTIONS = _interactions()

DISORDER_TYPES = frozenset({"", "political violence", "demonstrations", "strategic developments"})
DISORDER_TYPOS = {"demostrations": "Demonstrations"}
CIVILIAN_TARGETING = frozenset({"", "civilian targeting", "civilians targeted"})
SOURCE_SCALES = frozenset(
    {"subnational", "national", "regional", "international", "other", "new media", "local partner"}
)
