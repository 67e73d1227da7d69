"""Files for people and programs: CSV, XLSX, JSON, Parquet, Markdown, Atom, print page."""

from trialfinder.export.files import write_file
from trialfinder.export.formats import build_export
from trialfinder.export.listing import Listing, Stamp

__all__ = ["Listing", "Stamp", "build_export", "write_file"]
