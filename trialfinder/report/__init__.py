"""`trialfinder report`: what there is, as one self-contained page of plots with their numbers beside them."""

from trialfinder.report.page import build_report

__all__ = ["build_report"]
