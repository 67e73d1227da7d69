"""The web app's entry: `trialfinder app` runs it with Streamlit."""
