"""Outlines as GeoJSON: reading features, checking their geometry, and writing one file for each."""

import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.validation import explain_validity

from border.contracts.cells import nearest, text_of
from border.contracts.declare import Contract
from border.contracts.outcome import Fault
from border.contracts.read import Given, Sheet

# How deep in lists the positions of each type stand.
DEPTHS = {"Polygon": 2, "MultiPolygon": 3, "LineString": 1, "MultiLineString": 2}
_OF_RINGS = ("Polygon", "MultiPolygon")
PROPERTIES = ("territory", "number", "source", "period", "note")
OPTIONAL = ("area_km2",)

# The ellipsoid of WGS 84: semi-major axis in kilometres and first eccentricity.
_A = 6378.137
_E = math.sqrt((2 - 1 / 298.257223563) / 298.257223563)


class Refused(Exception):
    """Why a file or a feature is no outline: the message, and the property at fault with its value."""

    def __init__(self, message: str, column: str | None = None, value: str | None = None) -> None:
        super().__init__(message)
        self.message, self.column, self.value = message, column, value


def sheet(given: Given, contract: Contract) -> Sheet:
    """The outlines of a GeoJSON file, each as one row of texts; its faults when it cannot be read as such."""
    found = Sheet(given.name, contract, contract.header, unit="feature")
    try:
        found_features = features(given.content)
    except Refused as refused:
        found.faults.append(Fault(file=given.name, message=refused.message))
        return found
    for number, feature in enumerate(found_features, 1):
        try:
            texts = _texts(feature)
        except Refused as refused:
            found.faults.append(
                Fault(
                    file=given.name,
                    line=number,
                    unit="feature",
                    column=refused.column,
                    value=refused.value,
                    message=refused.message,
                )
            )
        else:
            found.rows.append((number, [texts[name] for name in contract.header]))
    return found


def written(texts: dict[str, str]) -> bytes:
    """One outline as the bytes of its file."""
    return json.dumps(_feature(texts), ensure_ascii=False).encode() + b"\n"


def together(rows: list[dict[str, str]]) -> bytes:
    """Outlines as the bytes of one file."""
    collection = {"type": "FeatureCollection", "features": [_feature(texts) for texts in rows]}
    return json.dumps(collection, ensure_ascii=False).encode() + b"\n"


def _feature(texts: dict[str, str]) -> dict[str, Any]:
    """An outline as GeoJSON; its area is given only where it is not that of the shape itself."""
    geometry = json.loads(texts["geometry"])
    properties: dict[str, Any] = {
        name: int(texts[name]) if name == "number" else texts[name] for name in PROPERTIES
    }
    if texts["area_km2"] != text_of(area_km2(geometry)):
        properties["area_km2"] = texts["area_km2"]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": geometry["type"], "coordinates": geometry["coordinates"]},
    }


def area_km2(geometry: dict[str, Any]) -> Decimal | None:
    """The area of a polygon in square kilometres on the WGS 84 ellipsoid; None for a line.

    Measured in the cylindrical equal-area projection of the ellipsoid, sides being straight in it; for a
    district that differs from geodesic sides by less than a thousandth.
    """
    if geometry["type"] not in _OF_RINGS:
        return None
    flat = shapely.transform(shape(geometry), _equal_area)
    return round(Decimal(flat.area), 2) or None


def _equal_area(degrees: np.ndarray) -> np.ndarray:
    longitude, latitude = np.radians(degrees).T
    sine = np.sin(latitude)
    q = (1 - _E**2) * (sine / (1 - (_E * sine) ** 2) - np.log((1 - _E * sine) / (1 + _E * sine)) / (2 * _E))
    return np.column_stack([_A * longitude, _A * q / 2])


def features(content: bytes) -> list[Any]:
    """The features of a GeoJSON file. Raises Refused."""
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Refused(f"The file is not UTF-8: byte {error.start + 1}. Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"This is not GeoJSON: {error}.") from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Feature":
        return [document]
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        return list(document["features"])
    raise Refused('A GeoJSON file of outlines is a "Feature" or a "FeatureCollection" (RFC 7946).')


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _texts(feature: Any) -> dict[str, str]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Refused('This is no GeoJSON "Feature".')
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise Refused(f"The feature has no properties. Give it {', '.join(PROPERTIES)}.", "properties")
    for name in properties:
        if name not in PROPERTIES + OPTIONAL:
            likely = nearest(name, PROPERTIES + OPTIONAL)
            hint = f"Perhaps {likely}?" if likely else f"The properties are: {', '.join(PROPERTIES)}."
            if "pcode" in name.lower():
                hint = "Is the file somebody else's? Then load it with --outlines-by and the slug of their source."
            raise Refused(f"There is no such property of an outline. {hint}", name)
    for name in PROPERTIES:
        if name not in properties:
            raise Refused(
                "This property is missing. Add it; it may be empty where the column allows it.", name
            )
    texts = {name: _text(name, properties.get(name)) for name in PROPERTIES + OPTIONAL}
    geometry = geometry_of(feature)
    texts["geometry"] = text_of(geometry)
    texts["area_km2"] = texts["area_km2"] or text_of(area_km2(geometry))
    return texts


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        raise Refused("The property holds neither a text nor a number.", name, json.dumps(value))
    return str(value)


def geometry_of(feature: Any) -> dict[str, Any]:
    """The geometry of a feature: of a known type, its positions on the globe, its shape valid. Raises Refused."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in DEPTHS:
        raise Refused(f"An outline is one of {', '.join(DEPTHS)}.", "geometry")
    found = {"type": geometry["type"], "coordinates": geometry.get("coordinates")}
    for position in _positions(found["coordinates"], DEPTHS[geometry["type"]]):
        _check_position(position)
    if found["type"] in _OF_RINGS and not all(ring[:1] == ring[-1:] for ring in _rings(found)):
        raise Refused("A ring is not closed. Repeat its first position at its end.", "geometry")
    try:
        figure = shape(found)
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise Refused(f"The coordinates make no {geometry['type']}: {error}.", "geometry") from error
    if figure.is_empty or not figure.is_valid:
        reason = "it is empty" if figure.is_empty else explain_validity(figure)
        raise Refused(
            f"The shape is not valid: {reason}. Redraw it so that no ring crosses itself.", "geometry"
        )
    return found


def _rings(geometry: dict[str, Any]) -> list[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _positions(coordinates: Any, depth: int) -> Iterator[list[float]]:
    """Every position of coordinates that are lists within lists to the ``depth`` their type asks for."""
    if not isinstance(coordinates, list):
        raise Refused("The coordinates are not nested as their type asks (RFC 7946).", "geometry")
    if depth:
        for inner in coordinates:
            yield from _positions(inner, depth - 1)
    elif all(isinstance(number, int | float) and not isinstance(number, bool) for number in coordinates):
        yield coordinates
    else:
        raise Refused("A position is two numbers.", "geometry", json.dumps(coordinates))


def _check_position(position: list[float]) -> None:
    if len(position) not in {2, 3}:
        raise Refused("A position is a longitude and a latitude.", "geometry", json.dumps(position))
    longitude, latitude = position[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise Refused(
            "A position is a longitude between -180 and 180 degrees and then a latitude between -90 and 90.",
            "geometry",
            json.dumps(position),
        )
