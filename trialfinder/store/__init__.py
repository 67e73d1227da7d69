"""The local store: one SQLite file with raw records, tables and the history of refreshes."""
