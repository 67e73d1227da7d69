"""What builds data and pages of the repository; no part of the package."""
