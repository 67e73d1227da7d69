"""The registry, ClinicalTrials.gov: what to ask, how to ask, and what its answers mean."""
