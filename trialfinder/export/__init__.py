"""Files for people and programs: CSV, XLSX, JSON, Parquet, Markdown, Atom, print page."""
