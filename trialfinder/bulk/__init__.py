"""The registry's whole bulk archive, on Dask."""
