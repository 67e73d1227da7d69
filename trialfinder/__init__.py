"""trialfinder: clinical trials that may fit a person living with metastatic breast cancer."""

__version__ = "0.1.0"
__all__ = ["__version__"]
