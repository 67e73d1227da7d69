"""How a cue's row is tried: on its whole example, and on what stands before and after a receptor in it."""

import re

_SUBJECT = re.compile(r"her-?2(?:/neu)?|tnbc|\b(?:er|pr|hr)\b|hormone receptor|oestrogen receptor|estrogen receptor")


def says(pattern, example):
    """Whether a pattern is found in the example, or in the part before or after a receptor's name."""
    stretches = [example]
    for match in _SUBJECT.finditer(example):
        stretches += [
            example[: match.start()],
            example[match.end() :],
            re.sub(r"^[- ]?\w+", "", example[match.end() :]),
        ]
    return any(re.search(pattern, stretch) for stretch in stretches)
