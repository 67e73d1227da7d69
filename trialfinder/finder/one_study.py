"""One study's sites by their distance from a place."""

from dataclasses import replace
from math import inf

import numpy as np

from trialfinder.model import Site, Study
from trialfinder.places import Place, distances_km
from trialfinder.vocab.registry_terms import open_statuses


def site_distance_km(place: Place, site: Site) -> float:
    """How far a site is from the place, in km; infinitely far where the registry gives no point."""
    if site.latitude is None or site.longitude is None:
        return inf
    return float(distances_km(place.latitude, place.longitude, [site.latitude], [site.longitude])[0])


def by_distance(study: Study, place: Place | None) -> Study:
    """The study with its open sites first, each group by distance from the place."""
    latitudes = [site.latitude if site.latitude is not None else np.nan for site in study.sites]
    longitudes = [site.longitude if site.longitude is not None else np.nan for site in study.sites]
    if place is None or not study.sites:
        distances: list[float | None] = [None] * len(study.sites)
    else:
        km = distances_km(place.latitude, place.longitude, latitudes, longitudes)
        distances = [None if np.isnan(value) else round(float(value), 1) for value in km]
    sites = [replace(site, distance_km=distance) for site, distance in zip(study.sites, distances, strict=True)]
    is_open = open_statuses()
    sites.sort(key=lambda site: (site.status not in is_open, site.distance_km is None, site.distance_km or 0.0))
    return replace(study, sites=tuple(sites))
