"""One person against all studies at once. The rules are those of `assess_study`; only sentences are left out."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from trialfinder.matching.encode import EncodedFacts
from trialfinder.matching.known import Known
from trialfinder.matching.overruling import overruled_variables
from trialfinder.matching.rules import DOCTORS_KEYS, answer
from trialfinder.matching.rules.conditions import ASK_UNSAID
from trialfinder.matching.terms import Term

NOTHING, FITS, UNSAID, ASK, CONFLICTS = range(5)
"""The answers as small integers. Of several demands for one variable the worst answer, the highest, holds."""

VERDICTS = pd.Index(["may_fit", "conflict"])

_CODES = {"fits": FITS, "ask": ASK, "conflicts": CONFLICTS}

Codes = npt.NDArray[np.int8]


def assess_all(known: Known, encoded: EncodedFacts) -> pd.DataFrame:
    """One row a study, in the order of `encoded`: nct_id, verdict, n_fits, n_conflicts, n_ask, confirmed_weight.

    `confirmed_weight` sums, over what fits, how rarely studies ask it; the order of results uses it.
    """
    codes = answer_codes(known, encoded)
    n_fits, n_conflicts, n_ask = (_per_study(encoded, codes == code) for code in (FITS, CONFLICTS, ASK))
    weights = np.where(codes == FITS, encoded.weight, 0)
    return pd.DataFrame(
        {
            "nct_id": encoded.nct_ids,
            "verdict": pd.Categorical.from_codes((n_conflicts > 0).astype(np.int8), VERDICTS),
            "n_fits": n_fits,
            "n_conflicts": n_conflicts,
            "n_ask": n_ask + (_per_study(encoded, codes == UNSAID) > 0),
            "confirmed_weight": np.bincount(encoded.study, weights, len(encoded)).astype(np.int64),
        }
    )


def answer_codes(known: Known, encoded: EncodedFacts) -> Codes:
    """The answer for each variable of each study, as in `encoded.study`; overruled ones are NOTHING."""
    by_term = np.fromiter((_code(known, term) for term in encoded.terms), np.int8, len(encoded.terms))
    codes = by_term[encoded.term]
    if not len(encoded.starts):
        return codes
    worst = np.maximum.reduceat(codes, encoded.starts)
    worst[_overruled(known, encoded)] = NOTHING
    return worst


def _code(known: Known, term: Term) -> int:
    given = answer(known, term)
    if given is None or term.key in DOCTORS_KEYS:
        return NOTHING
    return UNSAID if given == ASK_UNSAID else _CODES[given.answer]


def _per_study(encoded: EncodedFacts, is_counted: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.bincount(encoded.study[is_counted], minlength=len(encoded))


def _overruled(known: Known, encoded: EncodedFacts) -> list[int]:
    """Where the answers stand that a person has overruled."""
    found: list[int] = []
    for nct_id, variables in overruled_variables(known.profile).items():
        for study in np.flatnonzero(encoded.nct_ids.to_numpy() == nct_id):
            run = range(*np.searchsorted(encoded.study, [study, study + 1]))
            found += [place for place in run if _variable(encoded, place) in variables]
    return found


def _variable(encoded: EncodedFacts, place: int) -> str:
    term: int = encoded.term[encoded.starts[place]]
    return encoded.terms[term].variable
