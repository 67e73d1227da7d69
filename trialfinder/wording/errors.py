"""Errors in the reader's language. The message of an error itself is English."""

from trialfinder.errors import TrialfinderError
from trialfinder.model.language import Language
from trialfinder.wording.render import has_sentence, render


def render_error(error: TrialfinderError, language: Language = "en") -> str:
    """What happened, to what, and what to do next; the error's own words where the language has no sentence for it."""
    codes = (f"errors.{error.code}.{error.details.get('problem')}", f"errors.{error.code}")
    code = next((code for code in codes if has_sentence(code)), "errors.error")
    return render(code, language, message=error.message, **error.details)
