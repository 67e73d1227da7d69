"""The reviewed vocabularies as data, and one validating loader."""
