"""Every sentence that command line, exports and app need, in English and Spanish."""

from trialfinder.model.language import LANGUAGES, Language
from trialfinder.wording.messages import Message
from trialfinder.wording.render import has_sentence, render

__all__ = ["LANGUAGES", "Language", "Message", "has_sentence", "render"]
