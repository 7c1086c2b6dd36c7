"""Is a map (GeoJSON, RFC 7946) what its descriptor says? Problems in words, an empty list when all is well.

A map's entry in the descriptor has the profile `data-resource`, no schema, and `features`: the number of its
shapes. Each shape carries the code of its state in the property `iso3`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from regionalism.tables.checks import checksum_problems
from regionalism.tables.files import DamagedTable, Library, Resource, checksum

# A position is (longitude, latitude) in degrees.
LONGEST, HIGHEST = 180.0, 90.0
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def read_map(resource: Resource, raw: bytes) -> dict[str, Any]:
    """The map as a dictionary. Raises DamagedTable when it is not a GeoJSON FeatureCollection in UTF-8."""
    path = resource["path"]
    try:
        found = json.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise DamagedTable(f"{path}: expected JSON in UTF-8; found {error}.") from error
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise DamagedTable(f"{path}: expected a GeoJSON FeatureCollection; found no list of features.")
    return found


def map_seal(resource: Resource, raw: bytes) -> dict[str, Any]:
    """Size, checksum and number of features: what sealing writes into the descriptor."""
    return {"bytes": len(raw), "hash": checksum(raw), "features": len(read_map(resource, raw)["features"])}


def map_seal_problems(resource: Resource, raw: bytes) -> list[str]:
    """Size, checksum and number of features against the descriptor."""
    problems = checksum_problems(resource, raw)
    for key, found in map_seal(resource, raw).items() if "hash" in resource else ():
        if key != "hash" and found != resource.get(key):
            problems.append(f"{resource['path']}: expected {resource.get(key)} {key}, found {found}.")
    return problems


def map_problems(resource: Resource, raw: bytes, library: Library) -> list[str]:
    """Each shape's state and coordinates. Raises DamagedTable when it is no GeoJSON."""
    states = {code for (code,) in library.values("states", ["iso3"])}
    problems = []
    for number, feature in enumerate(read_map(resource, raw)["features"], start=1):
        feature = feature if isinstance(feature, dict) else {}
        properties = feature.get("properties")
        code = properties.get("iso3") if isinstance(properties, dict) else None
        place = f"{resource['path']} feature {number} ({code or 'without iso3'})"
        if code not in states:
            problems.append(f"{place}: its property iso3 must be a code of the table states.")
        problems += [f"{place}: {problem}." for problem in _geometry_problems(feature.get("geometry"))]
    return problems


def _geometry_problems(geometry: Any) -> Iterator[str]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in DEPTHS:
        yield f"geometry {kind!r} is not known. Known: {', '.join(DEPTHS)}"
        return
    wrong = [position for position in _positions(geometry.get("coordinates"), DEPTHS[kind]) if not _on_earth(position)]
    if wrong:
        yield (
            f"{len(wrong)} positions are not on earth, the first is {wrong[0]!r}. Expected longitude -180 to 180, then "
            "latitude -90 to 90"
        )


def _positions(coordinates: Any, depth: int) -> Iterator[Any]:
    """The positions inside nested lists; what is nested wrongly comes out as it is, and is refused."""
    if depth == 0 or not isinstance(coordinates, list):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions(part, depth - 1)


def _on_earth(position: Any) -> bool:
    if not isinstance(position, list) or len(position) < 2:
        return False
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in position):
        return False
    return abs(position[0]) <= LONGEST and abs(position[1]) <= HIGHEST
