"""Text that is safe to print: a lab's texts and the cluster's messages come from others.

Called for every such text before it is shown. Terminal escapes could rewrite what was shown before, bidirectional
controls could show a command other than the one that is copied.
"""

import re
from typing import Any

# C0 but tab and newline, DEL, C1, bidirectional controls, line and paragraph separators, zero-width characters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def plain(text: str) -> str:
    """The text without control characters; newlines and tabs stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def line(text: str) -> str:
    """The text without control characters, on one line."""
    return " ".join(plain(text).split())


def plain_all(value: Any) -> Any:
    """The same for every string in nested lists and dicts; keys, too."""
    match value:
        case str():
            return plain(value)
        case dict():
            return {plain(str(key)): plain_all(item) for key, item in value.items()}
        case list() | tuple():
            return [plain_all(item) for item in value]
        case _:
            return value
