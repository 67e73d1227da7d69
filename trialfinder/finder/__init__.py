"""The wiring that command line, app and library share: refresh, find, show, changes."""
