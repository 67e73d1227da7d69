"""A person's profile against every study's facts, and the order of the answers."""
