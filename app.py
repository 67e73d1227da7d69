"""The web app's entry: `trialfinder app` runs it with Streamlit."""

import streamlit as st

from trialfinder.ui.components import shell

shell.configure()
page = st.navigation(shell.pages(), position="hidden")
shell.render_top()
page.run()
shell.render_bottom()
