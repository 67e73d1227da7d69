"""Profiles from files and mappings, and back."""

from trialfinder.matching.profiles.dump import dump_profile
from trialfinder.matching.profiles.read import PROFILE_KEYS, load_profile, read_profile

__all__ = ["PROFILE_KEYS", "dump_profile", "load_profile", "read_profile"]
