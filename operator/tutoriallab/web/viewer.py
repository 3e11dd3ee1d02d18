"""Who looks at the page and what they may: on one's own machine, whoever can read the key's file; called by `pages.py`.

What a viewer changes goes out with the viewer's own rights, never with the operator's.
"""

import getpass
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from tutoriallab.kube.session import Session
from tutoriallab.web.key import Gate, made, signed
from tutoriallab.web.refusal import Refused

Mode = Literal["local", "token"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who has come in."""

    name: str
    mode: Mode
    pass_: str
    """What their cookie says."""


class Door(Protocol):
    """How viewers come in."""

    @property
    def mode(self) -> Mode:
        """By a ticket that `kubectl lab page` makes, or by a token of the cluster."""

    async def enter(self, told: Mapping[str, Any]) -> str:
        """The cookie for who says this; raises Refused."""

    async def viewer(self, cookie: str) -> Viewer | None:
        """Who has this cookie; None for nobody."""

    def leave(self, cookie: str) -> None:
        """Whoever has this cookie goes, and comes in anew another time."""

    async def may_see(self, viewer: Viewer, namespace: str) -> bool:
        """Whether they may see the labs of a namespace."""

    async def session(self, viewer: Viewer) -> Session:
        """A session with their own rights, which the caller closes; raises Refused, ApiError."""


class LocalDoor:
    """One's own machine: the key stands in a file that nobody else can read."""

    @property
    def mode(self) -> Mode:
        """By a ticket."""
        return "local"

    def __init__(self, key_file: Path, kubeconfig: str, context: str = "") -> None:
        """`kubeconfig`: the file with which the viewer's changes are made, empty for none. Raises OSError."""
        key = made(key_file)
        self._gate = Gate(key)
        # Made of the key, so that a page stays open over a restart of the operator.
        self._cookie = signed(key, "cookie")
        self._kubeconfig, self._context = kubeconfig, context

    async def enter(self, told: Mapping[str, Any]) -> str:
        """The cookie for who has a ticket."""
        if not self._gate.admits(str(told.get("key", "")), time.time()):
            raise Refused(
                401, "This address was used before, or is too old: open the page anew with `kubectl lab page`"
            )
        return self._cookie

    async def viewer(self, cookie: str) -> Viewer | None:
        """Whoever has come in with the key."""
        if not hmac.compare_digest(cookie.encode(), self._cookie.encode()):
            return None
        return Viewer(_user(), "local", cookie)

    def leave(self, cookie: str) -> None:
        """The browser forgets its cookie; whoever can read the key is let in again."""

    async def may_see(self, viewer: Viewer, namespace: str) -> bool:  # noqa: ARG002
        """Everything: it is their cluster."""
        return True

    async def session(self, viewer: Viewer) -> Session:  # noqa: ARG002
        """With the kubeconfig that is theirs."""
        if not self._kubeconfig:
            raise Refused(403, "This page changes nothing: use kubectl lab in a terminal")
        return await Session.from_kubeconfig(self._kubeconfig, self._context or None)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "you"
