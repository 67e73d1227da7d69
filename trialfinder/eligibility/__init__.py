"""Text to facts: the reader of free-text eligibility criteria. Pure: no pandas, no network, no clock."""
