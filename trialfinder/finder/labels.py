"""Names of what the vocabularies hold, as the sentences in `wording/` want them."""

from trialfinder.vocab import load_vocabulary
from trialfinder.wording import Language


def label_of(table: str, id_: str, language: Language) -> str:
    """What people read for an id of a vocabulary table (`therapies`, `biomarkers`, `conditions`)."""
    return str(getattr(load_vocabulary(), table).label(id_, language))
