"""Outlines from GeoJSON of others, which has no properties of ours: each feature finds its territory by P-code."""

from collections import Counter
from pathlib import Path
from typing import Any

from border.contracts import outlines
from border.contracts.cells import text_of
from border.contracts.declare import Contract
from border.contracts.outcome import Fault
from border.contracts.read import Given, Sheet
from territories.models import Outline, Territory

_NOWHERE = "No territory has this P-code. Give it to the territory that is meant."


def sheet(given: Given, contract: Contract, source: str) -> tuple[Sheet, list[Fault]]:
    """The features of a file drawn by ``source`` whose P-code is that of a territory, as rows of outlines.

    A shape that the territory has already keeps its number; any other takes the next one, beside what is there.
    Features of other places are left out, and a warning says which.
    """
    found = Sheet(given.name, contract, contract.header, unit="feature")
    warnings = []
    try:
        features = outlines.features(given.content)
    except outlines.Refused as refused:
        found.faults.append(Fault(file=given.name, message=refused.message))
        return found, []
    codes = [_code(feature) for feature in features]
    known = dict(Territory.objects.filter(pcode__in=codes).exclude(pcode="").values_list("pcode", "slug"))
    drawn = _Drawn(set(known.values()), source)
    for number, (feature, code) in enumerate(zip(features, codes, strict=True), 1):
        if code not in known:
            message = _NOWHERE if code else "The feature has no P-code."
            warnings.append(
                Fault(
                    file=given.name,
                    line=number,
                    unit="feature",
                    column="pcode",
                    value=code,
                    message=f"Left out: {message}",
                )
            )
            continue
        try:
            geometry = outlines.geometry_of(feature)
        except outlines.Refused as refused:
            found.faults.append(
                Fault(
                    file=given.name,
                    line=number,
                    unit="feature",
                    column=refused.column,
                    value=code,
                    message=refused.message,
                )
            )
            continue
        note = f"As drawn in {Path(given.name).name}, P-code {code}."
        texts = drawn.texts(known[code], geometry, note)
        found.rows.append((number, [texts[name] for name in contract.header]))
    return found, warnings


def _code(feature: Any) -> str:
    """The most exact P-code of a feature: the longest of those of the areas that it lies in."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    codes = [
        value
        for name, value in (properties or {}).items()
        if "pcode" in name.lower() and isinstance(value, str)
    ]
    return max(codes, key=len, default="")


class _Drawn:
    """The outlines that some territories have already, and the numbers that are free."""

    def __init__(self, slugs: set[str], source: str) -> None:
        self.source = source
        rows = Outline.objects.filter(territory__slug__in=slugs).select_related("territory")
        self.same = {
            (row.territory.slug, text_of(row.geometry)): row for row in rows.filter(source__slug=source)
        }
        self.highest = Counter[str]()
        for row in rows:
            self.highest[row.territory.slug] = max(self.highest[row.territory.slug], row.number)

    def texts(self, slug: str, geometry: dict[str, Any], note: str) -> dict[str, str]:
        """The row of a shape: as it is where the territory has it, else a new one."""
        shape = text_of(geometry)
        kept = self.same.get((slug, shape))
        if kept is None:
            self.highest[slug] += 1
        return {
            "territory": slug,
            "number": text_of(kept.number if kept else self.highest[slug]),
            "source": self.source,
            "period": kept.period if kept else "",
            "area_km2": text_of(kept.area_km2 if kept else outlines.area_km2(geometry)),
            "note": kept.note if kept else note,
            "geometry": shape,
        }
