"""One cause is told once: checks of a step often fail for the same, and each would tell it in three lines. Pure.

For people: `-o json` has each message in full, as the status has.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tutoriallab.cli.page import CheckLine
from tutoriallab.cli.words import word
from tutoriallab.words.probing import THEN_LOOK

#: Behind what a check wants and sees stands a cause, and then where to look: by that it is known.
_LOOK = tuple(told.removeprefix("{why}").removesuffix("{look}") for told in (THEN_LOOK.en, THEN_LOOK.zh))
#: Where a sentence may begin.
_BEGINS = re.compile(r"^|(?<=\. )|(?<=。)")


def said_once(checks: Sequence[CheckLine], language: str) -> Iterator[CheckLine]:
    """The checks in order; the cause that one above has told is only pointed to."""
    told = set[str]()
    for check in checks:
        causes = [] if check.hidden else list(_causes(check.message))
        again = next((cause for cause in causes if cause in told), None)
        told.update(causes)
        if again is None:
            yield check
        else:
            short = check.message.removesuffix(again) + word(language, "same_cause")
            yield replace(check, message=short)


def _causes(message: str) -> Iterator[str]:
    """Each end of the message that is a cause and where to look, the longest first."""
    for begins in _BEGINS.finditer(message):
        end = message[begins.start() :]
        if any(look in end for look in _LOOK):
            yield end
