"""A person's profile against what studies ask: fits, conflicts, or ask the trial team."""

from trialfinder.matching.assess import assess_study
from trialfinder.matching.known import Known
from trialfinder.matching.profiles import PROFILE_KEYS, dump_profile, load_profile, read_profile
from trialfinder.matching.words import Names, Words

__all__ = [
    "PROFILE_KEYS",
    "Known",
    "Names",
    "Words",
    "assess_study",
    "dump_profile",
    "load_profile",
    "read_profile",
]
