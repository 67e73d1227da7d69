"""Which builder makes which format."""

from trialfinder.export.listing import Listing

FORMATS = ("csv", "xlsx", "json", "html", "md", "parquet", "atom")


def build_export(listing: Listing, format_name: str, rows: str = "studies") -> bytes:  # noqa: PLR0911 - one return a format
    """The listing as bytes of one of FORMATS; each builder is imported when it is needed."""
    # ruff: noqa: PLC0415 - XLSX, feeds and templates cost a tenth of a second each
    match format_name:
        case "csv":
            from trialfinder.export.csv_file import build_csv

            return build_csv(listing, rows)
        case "json":
            from trialfinder.export.json_file import build_json

            return build_json(listing, rows)
        case "parquet":
            from trialfinder.export.parquet_file import build_parquet

            return build_parquet(listing, rows)
        case "xlsx":
            from trialfinder.export.xlsx import build_xlsx

            return build_xlsx(listing)
        case "html":
            from trialfinder.export.html_page import build_html

            return build_html(listing)
        case "md":
            from trialfinder.export.markdown import build_markdown

            return build_markdown(listing)
        case _:
            from trialfinder.export.atom import build_listing_feed

            return build_listing_feed(listing)
