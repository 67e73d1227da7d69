"""Build the outlines of `static/` (countries, US states) and the style of the map from two npm packages.

    npm pack world-atlas@2.0.2 us-atlas@3.0.1     (unpack both; only their JSON files are read)
    python scripts/build_map.py WORLD/package/countries-110m.json US/package/states-10m.json

Countries are Natural Earth's 1:110m outlines, US states the Census Bureau's; both are in the public domain.
Borders that neighbours share are simplified once, so that no gaps open between them.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
STATIC = Path(__file__).resolve().parent.parent / "static"
ANTARCTICA = "Antarctica"  # the map's projection would stretch it over half the picture
SEA, DECIMALS = "#e8eef3", 2  # hundredths of a degree: a kilometre, less than a pixel of the whole world
TOLERANCE = {"countries": 0.0, "states": 0.03}  # degrees; the countries come simplified


def load_arcs(topology: dict, tolerance: float) -> list[list[Point]]:
    """The borders of a TopoJSON file as longitudes and latitudes, simplified."""
    (x_scale, y_scale), (x_start, y_start) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * x_scale + x_start, y * y_scale + y_start))
        arcs.append(simplify(line, tolerance))
    return arcs


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points that lie within the tolerance of it (Douglas and Peucker); its ends stay."""
    if len(line) < 3:
        return list(line)
    start, end = line[0], line[-1]
    distances = [distance_to(point, start, end) for point in line[1:-1]]
    furthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[furthest] <= tolerance:
        return [start, end]
    return simplify(line[: furthest + 2], tolerance)[:-1] + simplify(line[furthest + 1 :], tolerance)


def distance_to(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a stretch of line, in degrees."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return ((x - x1 - share * (x2 - x1)) ** 2 + (y - y1 - share * (y2 - y1)) ** 2) ** 0.5


def ring_of(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """A closed ring from the borders that it is made of; a negative number is a border walked backwards."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def cut_at_date_line(ring: Sequence[Point]) -> list[list[Point]]:
    """The ring as the pieces on either side of the 180th meridian, where a flat map has its two edges."""
    x = ring[0][0]
    unwrapped = []
    for longitude, latitude in ring:
        x += (longitude - x + 180) % 360 - 180
        unwrapped.append((x, latitude))
    pieces = []
    for turn in (-360, 0, 360):
        moved = [(x + turn, y) for x, y in unwrapped]
        pieces.append(clip(clip(moved, 180, 1), -180, -1))
    return [piece for piece in pieces if len(piece) > 3]


def clip(ring: Sequence[Point], edge: float, side: int) -> list[Point]:
    """The part of a ring to the west (side 1) or east (side -1) of a meridian, closed along it."""
    kept: list[Point] = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (edge - x1) * side >= 0:
            kept.append((x1, y1))
        if (edge - x1) * (edge - x2) < 0:
            kept.append((edge, y1 + (edge - x1) / (x2 - x1) * (y2 - y1)))
    return [*kept, kept[0]] if kept else []


def rounded(ring: Sequence[Point]) -> list[list[float]]:
    """The ring in as many digits as show, without points that then coincide."""
    points = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring]
    return [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]


def feature_of(geometry: dict, arcs: Sequence[Sequence[Point]]) -> dict:
    """A TopoJSON shape as a GeoJSON one; islands that fall together at this scale are left out.

    No country of these outlines has both a hole and a coast on the 180th meridian, so holes need no cutting.
    """
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    coordinates = []
    for outer, *holes in ([ring_of(numbers, arcs) for numbers in polygon] for polygon in polygons):
        pieces = [ring for piece in cut_at_date_line(outer) if len(ring := rounded(piece)) > 3]
        inner = [ring for hole in holes if len(ring := rounded(hole)) > 3]
        coordinates += [[piece, *inner] for piece in pieces]
    outline = {"type": "MultiPolygon", "coordinates": coordinates}
    return {"type": "Feature", "properties": {"name": geometry["properties"]["name"]}, "geometry": outline}


def build_outlines(source: Path, name: str) -> dict:
    """The shapes of a TopoJSON file as one GeoJSON collection."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = load_arcs(topology, TOLERANCE[name])
    shapes = [shape for shape in topology["objects"][name]["geometries"] if shape["properties"]["name"] != ANTARCTICA]
    return {"type": "FeatureCollection", "features": [feature_of(shape, arcs) for shape in shapes]}


def build_style() -> dict:
    """A map style of one layer, the sea: no tiles, fonts or images to fetch from anywhere."""
    sea = {"id": "sea", "type": "background", "paint": {"background-color": SEA}}
    return {"version": 8, "name": "trialfinder", "sources": {}, "layers": [sea]}


def main() -> None:
    """Write the three files, and say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("countries", type=Path)
    parser.add_argument("states", type=Path)
    arguments = parser.parse_args()
    written = {
        "countries.geojson": build_outlines(arguments.countries, "countries"),
        "us_states.geojson": build_outlines(arguments.states, "states"),
        "map_style.json": build_style(),
    }
    for name, content in written.items():
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (STATIC / name).write_text(text + "\n", "utf-8")
        print(f"{name}: {len(text) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
