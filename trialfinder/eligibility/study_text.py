"""What a reader of facts gets to see of one study: its criteria and its other texts, normalised once."""

from dataclasses import dataclass
from functools import cached_property

from trialfinder.eligibility.criteria import Criterion, FieldText, Sentence, read_criteria, read_field
from trialfinder.eligibility.populations import without_others
from trialfinder.model import SourceField, StudySource
from trialfinder.vocab import Vocabulary

# The registry takes at most 20,000 characters; what is longer is no record of it and is read up to here.
LONGEST_CRITERIA = 50_000


def _fields(*sources: SourceField | None) -> tuple[FieldText, ...]:
    passages = (read_field(source) for source in sources if source is not None)
    return tuple(passage for passage in passages if not passage.is_blank)


@dataclass(eq=False)
class StudyText:
    """A study's texts as passages. Each list is normalised when it is first asked for."""

    source: StudySource
    vocabulary: Vocabulary

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The eligibility criteria for people with breast cancer, in order."""
        source = self.source.criteria
        if source is None:
            return ()
        return without_others(read_criteria(SourceField(source.path, source.text[:LONGEST_CRITERIA])))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the criteria, in order."""
        return tuple(sentence for criterion in self.criteria for sentence in criterion.sentences)

    @cached_property
    def titles(self) -> tuple[FieldText, ...]:
        """The official title, then the brief one."""
        return _fields(self.source.official_title, self.source.brief_title)

    @cached_property
    def conditions(self) -> tuple[FieldText, ...]:
        """The conditions, one each."""
        return _fields(*self.source.conditions)

    @cached_property
    def keywords(self) -> tuple[FieldText, ...]:
        """The keywords, one each."""
        return _fields(*self.source.keywords)

    @cached_property
    def arms(self) -> tuple[FieldText, ...]:
        """Labels and descriptions of the arms."""
        return _fields(*self.source.arms)

    @cached_property
    def interventions(self) -> tuple[FieldText, ...]:
        """Names and descriptions of the interventions."""
        return _fields(*self.source.interventions)

    @cached_property
    def summary(self) -> tuple[FieldText, ...]:
        """The brief summary (none or one)."""
        return _fields(self.source.brief_summary)

    @cached_property
    def description(self) -> tuple[FieldText, ...]:
        """The detailed description (none or one)."""
        return _fields(self.source.detailed_description)

    @cached_property
    def study_population(self) -> tuple[FieldText, ...]:
        """The study population of an observational study (none or one)."""
        return _fields(self.source.study_population)
