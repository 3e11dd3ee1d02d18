"""What is forgiven in a learner's answer; called by the judge of questions and by the command line. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from tutoriallab.lab.model import Answer

_QUOTES = ("''", '""', "``", "“”", "‘’", "「」", "『』", "《》")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_STOP = re.compile(r"(?<=[A-Za-z0-9])。(?=[A-Za-z0-9])")


def forgiven(text: str) -> str:
    """An answer without what is a slip of the keyboard: white space, quotes around it, full-width characters.

    A Chinese full stop at the end goes; one between letters or digits was meant as a dot. Case stays: it matters
    in Kubernetes, and `answer.lowerAscii()` forgives it where it does not.
    """
    # Quotes first: NFKC makes others of some.
    plain = " ".join(text.translate(_INVISIBLE).split())
    plain = unicodedata.normalize("NFKC", _unquoted(plain)).rstrip("。").strip()
    return _unquoted(_STOP.sub(".", plain))


def _unquoted(text: str) -> str:
    while len(text) > 1 and text[0] + text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return text


def chosen(text: str, choices: Sequence[str]) -> str | None:
    """The choice that an answer means, whatever its case; None for none."""
    wanted = forgiven(text).casefold()
    return next((choice for choice in choices if forgiven(choice).casefold() == wanted), None)


def understood(text: str, asked: Answer) -> str | None:
    """What the variable `answer` becomes; None where it is none of the choices."""
    return chosen(text, asked.choices) if asked.type == "choice" else forgiven(text)
