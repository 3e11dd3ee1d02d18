"""The key of a page on one's own machine, and the tickets made of it with which a browser comes in.

The key stands in a file that only its owner can read. An address with the key in it would be seen by others: in the
list of processes, in a shell's history. So an address has a ticket, which is good once and for a few minutes.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

#: Seconds for which a ticket is good.
GOOD_FOR = 600
_LEAST = 32


def made(file: Path) -> str:
    """The key in this file; a new one where there is none. Raises OSError."""
    known = found(file)
    if known:
        return known
    key = secrets.token_urlsafe(_LEAST)
    with suppress(FileNotFoundError):
        file.unlink()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{key}\n")
    return key


def found(file: Path) -> str:
    """The key in this file; empty where there is none, or where others could have read it."""
    try:
        key = file.read_text(encoding="ascii").strip()
        private = file.stat().st_mode & 0o077 == 0
    except (OSError, UnicodeDecodeError):
        return ""
    return key if private and len(key) >= _LEAST else ""


def signed(key: str, what: str) -> str:
    """What only who has the key could have written of `what`."""
    return hmac.digest(key.encode(), what.encode(), "sha256").hex()


def ticket(key: str, now: float) -> str:
    """A ticket, made at this moment (seconds since 1970)."""
    text = f"{now:.0f}.{secrets.token_hex(8)}"
    return f"{text}.{signed(key, 'ticket ' + text)}"


class Gate:
    """Takes each ticket once."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._used: dict[str, float] = {}

    def admits(self, shown: str, now: float) -> bool:
        """Whether this is a ticket of ours that is still good; it is not any more from then on."""
        text, _, signature = shown.rpartition(".")
        made_at = text.partition(".")[0]
        # Signed first: whoever cannot sign learns nothing of times.
        if not hmac.compare_digest(signature.encode(), signed(self._key, "ticket " + text).encode()):
            return False
        if not abs(now - float(made_at)) <= GOOD_FOR or text in self._used:
            return False
        self._used = {one: until for one, until in self._used.items() if until > now}
        self._used[text] = now + 2 * GOOD_FOR
        return True
