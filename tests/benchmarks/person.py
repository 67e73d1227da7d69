"""The person for whom the benchmarks search."""

from trialfinder.model import PatientProfile, TherapyHistory

PROFILE = PatientProfile(
    age=58,
    sex="female",
    menopause="post",
    subtype="HR+/HER2-",
    her2="low",
    settings=("metastatic",),
    metastases=("bone", "liver"),
    ecog=1,
    prior_therapies={"palbociclib": TherapyHistory(had=True), "capecitabine": TherapyHistory(True, ("metastatic",))},
    biomarkers={"ESR1": True},
    place="Cleveland, OH",
)
