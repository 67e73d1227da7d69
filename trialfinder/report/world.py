"""The world's outlines and points on it, as drawing commands in degrees (plate carrée, north up)."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

PACKAGE = Path(__file__).resolve().parents[1]
OUTLINES = "static/countries.geojson"  # Natural Earth, public domain; see THIRD_PARTY.md
SMALLEST = 0.6  # radius in degrees of a place with one site


@lru_cache(maxsize=1)
def land_path() -> str:
    """All countries as one SVG path; "" where the outlines were not installed."""
    for folder in (PACKAGE / "_web", PACKAGE.parent):
        if (folder / OUTLINES).is_file():
            features = json.loads((folder / OUTLINES).read_text("utf-8"))["features"]
            return "".join(_ring(ring) for feature in features for ring in _rings(feature["geometry"]))
    return ""


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon


def _ring(ring: list[list[float]]) -> str:
    points = [f"{round(longitude, 1):g} {round(-latitude, 1):g}" for longitude, latitude, *_ in ring]
    return f"M{'L'.join(dict.fromkeys(points))}Z"


def dots(sites: pd.DataFrame) -> list[tuple[float, float, float]]:
    """(x, y, radius) of each place with sites, the larger first; places are rounded to half a degree."""
    known = sites.dropna(subset=["latitude", "longitude"])
    x, y = (known["longitude"] * 2).round() / 2, -(known["latitude"] * 2).round() / 2
    counts = pd.Series(1, index=known.index).groupby([x, y]).sum()
    placed = [(float(at[0]), float(at[1]), round(SMALLEST * float(n) ** 0.4, 2)) for at, n in counts.items()]  # type: ignore[index]
    return sorted(placed, key=lambda dot: (-dot[2], dot))
