"""One live object as it was last seen: its header decoded, its body kept as bytes until somebody asks.

Made by the reflectors from what `decode.py` reads; read by grading, which never changes a body.
"""

from collections import deque
from typing import Any

import msgspec

from tutoriallab.observe.decode import Metadata, Owner

_NO_LABELS: dict[str, str] = {}


class Bodies:
    """Remembers which bodies were decoded last, and lets go of older ones.

    A decoded Pod takes 20 KB against 2 KB of bytes; the checks of one lab ask for the same few in a row.
    """

    def __init__(self, limit: int = 512) -> None:
        self._decoded: deque[Observed] = deque()
        self._limit = limit

    def keep(self, one: "Observed") -> None:
        """Remember that this body is decoded; the one decoded longest ago becomes bytes again."""
        self._decoded.append(one)
        if len(self._decoded) > self._limit:
            self._decoded.popleft().forget()


class Observed:
    """A live object, immutable: a change makes a new one."""

    __slots__ = ("_bodies", "_body", "api_version", "kind", "metadata", "raw", "revision")

    def __init__(self, kind: tuple[str, str], metadata: Metadata, raw: bytes, bodies: Bodies) -> None:
        self.api_version, self.kind = kind
        self.metadata = metadata
        self.raw = raw
        self.revision = revision(metadata.resource_version)
        self._bodies = bodies
        self._body: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """Its metadata.name."""
        return self.metadata.name

    @property
    def namespace(self) -> str:
        """Its namespace; empty for a cluster-scoped object."""
        return self.metadata.namespace

    @property
    def uid(self) -> str:
        """Its metadata.uid."""
        return self.metadata.uid

    @property
    def generation(self) -> int:
        """Its metadata.generation; 0 for kinds that count none."""
        return self.metadata.generation

    @property
    def labels(self) -> dict[str, str]:
        """Its labels; empty when there are none. Not to be changed."""
        return self.metadata.labels or _NO_LABELS

    @property
    def owner_references(self) -> tuple[Owner, ...]:
        """Its owners, controllers or not."""
        return self.metadata.owner_references or ()

    @property
    def creation_timestamp(self) -> str:
        """When it was created, as the API server writes it (RFC 3339); empty when not known."""
        return self.metadata.creation_timestamp or ""

    @property
    def terminating(self) -> bool:
        """Whether it is being deleted."""
        return self.metadata.deletion_timestamp is not None

    @property
    def body(self) -> dict[str, Any]:
        """The whole object but metadata.managedFields, with apiVersion and kind. Not to be changed."""
        if self._body is None:
            # The items of a list carry neither of the two.
            self._body = {"apiVersion": self.api_version, "kind": self.kind, **msgspec.json.decode(self.raw)}
            self._bodies.keep(self)
        return self._body

    @property
    def observed_generation(self) -> int | None:
        """Its status.observedGeneration; None when there is none."""
        status = self.body.get("status")
        seen = status.get("observedGeneration") if isinstance(status, dict) else None
        return seen if isinstance(seen, int) else None

    def forget(self) -> None:
        """Let go of the decoded body; the next who asks has it decoded again."""
        self._body = None

    def __repr__(self) -> str:
        place = f"{self.namespace}/" if self.namespace else ""
        return f"<{self.kind} {place}{self.name} at {self.metadata.resource_version}>"


def revision(resource_version: str) -> int:
    """A resourceVersion as a number that grows with every change; 0 for one that is none."""
    return int(resource_version) if resource_version.isdigit() else 0
