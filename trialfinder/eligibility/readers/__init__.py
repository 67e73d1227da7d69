"""One module for each family of facts."""
