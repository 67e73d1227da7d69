"""The ClinicalTrials.gov API: what to ask, and how to ask politely."""
