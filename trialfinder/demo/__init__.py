"""A few dozen invented studies in the API's exact shape."""
