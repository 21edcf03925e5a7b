"""Which table of border's own a header is that of, and what it is otherwise: almost one, somebody else's, or neither."""

from dataclasses import dataclass, replace

from border.contracts import outlines, read
from border.contracts.declare import Contract
from border.contracts.outcome import Fault
from border.contracts.tables import BY_NAME, CONTRACTS
from border.imports.formats.headers import FORMATS, OTHERS, differences, listed, normal, recognise

SHAPES = BY_NAME["outlines"]
_TABLES = [contract for contract in CONTRACTS if contract is not SHAPES]
# A header that shares less than this with every table is none of ours.
_LIKE_ENOUGH = 0.5


@dataclass
class Judged:
    """What a header is: a table of ours, almost one (and then what differs), somebody else's, or none of these.

    ``theirs`` are outlines of others, whose features find their territories by P-code.
    """

    table: Contract | None = None
    fault: Fault | None = None
    foreign: str = ""
    theirs: bool = False


def of_header(columns: list[str], called: str, where: Fault) -> Judged:
    """What a first row is, in a file or a sheet that is ``called`` so; a fault is told ``where`` it stands."""
    names = frozenset(map(normal, columns))
    named = BY_NAME.get(called.partition(".")[0].strip())
    same = [contract for contract in _TABLES if names == frozenset(contract.header)]
    if same:
        return _same(columns, same, named, where)
    if foreign := recognise(columns):
        return Judged(foreign=foreign.title)
    if any(other.fits(set(names)) for other in OTHERS):
        return Judged(foreign="no events and no table of border's own")
    near = named if named in _TABLES else max(_TABLES, key=lambda one: _share(names, one))
    theirs = max(len(names.intersection(one.required)) / len(one.required) for one in FORMATS)
    if near is not named and _share(names, near) < max(_LIKE_ENOUGH, theirs):
        return Judged()
    missing = [name for name in near.header if name not in names]
    unknown = [column for column in columns if normal(column) not in near.header]
    told = differences(f"{near.name}, a table of border's own", missing, unknown)
    return Judged(fault=replace(where, message=f"{told} Give exactly its columns: {', '.join(near.header)}."))


def _same(columns: list[str], same: list[Contract], named: Contract | None, where: Fault) -> Judged:
    """The one of several tables of one header, by the name of the file or the sheet."""
    if len(same) > 1 and named not in same:
        tables = ", ".join(contract.name for contract in same)
        message = (
            f"Several tables have this header. Call the file or the sheet after the one that it is: {tables}."
        )
        return Judged(fault=replace(where, message=message))
    contract = named if named in same and named else same[0]
    for column, message in read.header_faults(columns, contract):
        return Judged(fault=replace(where, column=column, message=message))
    return Judged(contract)


def _share(names: frozenset[str], contract: Contract) -> float:
    """How much of two headers is the same."""
    return len(names.intersection(contract.header)) / len(names.union(contract.header))


def of_features(name: str, content: bytes) -> Judged:
    """What a file of GeoJSON is, by the properties of its features."""
    try:
        features = outlines.features(content)
    except outlines.Refused as refused:
        return Judged(fault=Fault(file=name, message=refused.message))
    told = dict.fromkeys(
        str(key)
        for feature in features
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict)
        for key in feature["properties"]
    )
    if "territory" in told:
        return Judged(SHAPES)
    if any("pcode" in key.lower() for key in told):
        return Judged(SHAPES, theirs=True)
    message = (
        f"These are no outlines: the features have neither the properties {', '.join(outlines.PROPERTIES)} nor P-codes,"
        f" such as ADM2_PCODE. They have: {listed([*told]) or 'none'}."
    )
    return Judged(fault=Fault(file=name, message=message))
