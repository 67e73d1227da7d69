"""Raw API study to tidy tables: the only place that knows the API's JSON keys."""
