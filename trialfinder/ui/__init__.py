"""The web app: state, labels, components and pages."""
