"""Where a trial is, nearest open site first, and whom to call there."""

import re

import streamlit as st

from trialfinder.finder import TrialView
from trialfinder.finder.plain_words import distance_words, status_words
from trialfinder.model import Contact, Site
from trialfinder.ui.components.step_place import country_name
from trialfinder.ui.state import lang, say, say_n, session, tell
from trialfinder.ui.text import html_of
from trialfinder.vocab.registry_terms import open_statuses

FEW_SITES = 5
MORE_SITES = 25


def render_sites(view: TrialView) -> None:
    """Contacts of the whole trial, then its sites."""
    st.header(tell("headings.contacts"), anchor="contacts")
    contacts = "".join(f"<li>{_contact(contact)}</li>" for contact in view.contacts())
    st.html(f"<ul>{contacts}</ul>" if contacts else f"<p>{html_of(say('trial.no_contact'))}</p>")
    sites = view.study.sites
    st.header(tell("headings.sites"), anchor="sites")
    if not sites:
        st.markdown(say("trial.no_sites"))
        return
    n_open = sum(site.status in open_statuses() for site in sites)
    st.caption(" ".join([say_n("trial.sites", len(sites)), say_n("trial.open_sites", n_open)]))
    if view.place is None:
        st.caption(say("trial.no_place"))
    n_shown = session().looks.get(f"sites_{view.study.nct_id}", FEW_SITES)
    items = "".join(f"<li>{_site(site)}</li>" for site in sites[:n_shown])
    st.html(f'<ul class="tf-sites">{items}</ul>')
    if len(sites) > n_shown:
        more = min(MORE_SITES, len(sites) - n_shown)
        st.button(
            say_n("trial.more_sites", more), key="more_sites", on_click=_show_more, args=(view.study.nct_id, n_shown)
        )
    if view.place is not None:
        st.caption(tell("cautions.distance"))


def _show_more(nct_id: str, n_shown: int) -> None:
    session().looks[f"sites_{nct_id}"] = n_shown + MORE_SITES


def _site(site: Site) -> str:
    where = ", ".join(part for part in (site.city, site.state, country_name(site.country or "")) if part)
    far = distance_words(site.distance_km, lang())
    look = "tf-fits" if site.status in open_statuses() else "tf-doctor"
    lines = [
        f"<b>{html_of(site.facility or where)}</b>",
        html_of(" · ".join(part for part in (where if site.facility else "", far) if part)),
        f'<span class="tf-chip {look}">{html_of(status_words(site.status, lang()))}</span>',
        *(_contact(contact) for contact in site.contacts if contact.level == "site" and is_reachable(contact)),
    ]
    return "<br>".join(line for line in lines if line)


def is_reachable(contact: Contact) -> bool:
    """Whether a contact has a phone or a mail address: a name alone helps nobody."""
    return bool(contact.phone or contact.email)


def _contact(contact: Contact) -> str:
    """A contact with links that a phone dials and a mail program opens, labelled whose it is."""
    level = html_of(tell(f"values.contact_level.{contact.level}"))
    parts = [html_of(contact.name), phone_link(contact.phone), mail_link(contact.email)]
    return f"{level}: " + ", ".join(part for part in parts if part)


def phone_link(phone: str | None) -> str:
    """A phone number as a link; as plain text where it is none."""
    if not phone:
        return ""
    number = re.sub(r"[^\d+]", "", phone.split("ext")[0].split("x")[0])
    return f'<a href="tel:{number}">{html_of(phone)}</a>' if number else html_of(phone)


def mail_link(email: str | None) -> str:
    """A mail address as a link; as plain text where it is none."""
    if not email:
        return ""
    is_address = re.fullmatch(r"[\w.+'-]+@[\w.-]+\.\w+", email) is not None
    return f'<a href="mailto:{html_of(email)}">{html_of(email)}</a>' if is_address else html_of(email)
