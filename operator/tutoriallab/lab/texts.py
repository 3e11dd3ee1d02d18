"""${workspace} and node aliases in texts, manifests and names; called by render, status and the command line.

`$${` escapes. A name that is not known stays as it is: shell variables in commands are the learner's.
"""

import re
from collections.abc import Mapping
from typing import Any

_REFERENCE = re.compile(r"\$(\$\{)|\$\{([A-Za-z][A-Za-z0-9_]*)\}")

Names = Mapping[str, str]


def fill(text: str, names: Names) -> str:
    """The text with every ${name} of `names` replaced."""

    def value(match: re.Match[str]) -> str:
        if match.group(1):
            return "${"
        return names.get(match.group(2), match.group(0))

    return _REFERENCE.sub(value, text)


def fill_all(value: Any, names: Names) -> Any:
    """The same for every string (keys, too) in a manifest."""
    match value:
        case str():
            return fill(value, names)
        case list():
            return [fill_all(item, names) for item in value]
        case dict():
            return {fill(key, names): fill_all(item, names) for key, item in value.items()}
        case _:
            return value


def in_language(text: Mapping[str, str], language: str) -> str:
    """The text in this language, else in English, else whatever there is; empty for no text."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
