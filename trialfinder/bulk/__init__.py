"""The registry's whole bulk archive, on Dask."""

from trialfinder.bulk.run import BulkResult, bulk

__all__ = ["BulkResult", "bulk"]
