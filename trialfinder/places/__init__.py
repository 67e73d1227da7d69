"""Where a place is: gazetteer, lookup that forgives typos, distances."""
