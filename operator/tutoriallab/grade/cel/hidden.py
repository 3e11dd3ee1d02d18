"""What stands in place of a value that nobody may read; called by `parts.py` and `excerpt.py`."""

import base64
import binascii
from contextlib import suppress
from typing import Any


def hidden(value: Any, *, encoded: bool = False) -> str:
    """`<hidden, 12 bytes>`; of an `encoded` text, as a Secret's data has it, the bytes that it stands for."""
    if not isinstance(value, str | bytes):
        return "<hidden>"
    size = len(value.encode("utf-8", "replace") if isinstance(value, str) else value)
    if encoded:
        # What is no base64 comes from no Secret of the API server's: its own length it is.
        with suppress(binascii.Error, ValueError):
            size = len(base64.b64decode(value, validate=True))
    return f"<hidden, {size} {'byte' if size == 1 else 'bytes'}>"
