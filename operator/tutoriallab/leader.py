"""Which of several operators works: the one that holds a Lease of Kubernetes; the others wait to take over.

Called by `__main__.py`. As in Kubernetes' own controllers, whether a Lease is over is told by our clock alone: it is
when nobody has renewed it, as seen from here, for as long as it says. A holder that cannot renew it stops working
before anybody else may begin.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tutoriallab.kube.errors import ApiError, Conflict, NotFound
from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import Session

log = logging.getLogger(__name__)
LEASE = Resource("coordination.k8s.io/v1", "Lease", "leases", namespaced=True)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. Another operator works at most `lasts + looks_every` after the holder's death.

    `gives_up_after` is less than `lasts` by what it takes to stop working.
    """

    lasts: int = 6
    renews_every: float = 1.0
    gives_up_after: float = 3.5
    looks_every: float = 1.0
    answers_within: float = 2.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A Lease as it was seen: who has it, until when from here, and what must not have changed meanwhile."""

    holder: str
    revision: str
    lasts: float
    transitions: int
    acquired: str

    @classmethod
    def of(cls, lease: dict[str, Any]) -> "Claim":
        """From the API server's object; one that somebody has emptied is nobody's."""
        spec = lease.get("spec") or {}
        return cls(
            holder=spec.get("holderIdentity") or "",
            revision=lease["metadata"]["resourceVersion"],
            lasts=float(spec.get("leaseDurationSeconds") or 0),
            transitions=int(spec.get("leaseTransitions") or 0),
            acquired=spec.get("acquireTime") or "",
        )


class Leadership:
    """One operator's part in the choice."""

    def __init__(
        self,
        session: Session,
        lease: str,
        identity: str,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._namespace, self._name = lease.split("/")
        self._identity = identity
        self._pace = pace or Pace()
        self._clock = clock
        self._seen: Claim | None = None
        self._seen_at = 0.0
        #: When the API server last answered, by our clock.
        self.heard_at = 0.0

    async def acquire(self) -> None:
        """Wait until the Lease is ours."""
        told = ""
        while True:
            try:
                if await self._try():
                    log.info("this operator works now: it has Lease %s/%s", self._namespace, self._name)
                    return
                waits_for = f"{self._seen.holder} works" if self._seen else "somebody else was faster"
            except ApiError as problem:
                waits_for = f"Lease {self._namespace}/{self._name} cannot be had: {problem}"
            if waits_for != told:
                log.info("this operator stands by: %s", waits_for)
                told = waits_for
            await asyncio.sleep(self._pace.looks_every * random.uniform(0.8, 1.2))  # noqa: S311

    async def keep(self) -> None:
        """Renew the Lease; returns when it is ours no more."""
        renewed = self._clock()
        while True:
            await asyncio.sleep(self._pace.renews_every)
            began = self._clock()
            try:
                if not await self._renew():
                    log.warning("another operator has taken Lease %s/%s", self._namespace, self._name)
                    return
                renewed = began
            except ApiError as problem:
                log.info("Lease %s/%s is not renewed: %s", self._namespace, self._name, problem)
            if self._clock() > renewed + self._pace.gives_up_after:
                log.warning("Lease %s/%s could not be renewed: stopping work", self._namespace, self._name)
                return

    async def release(self) -> None:
        """Hand it over: whoever stands by need not wait until it is over."""
        try:
            if self._seen and self._seen.holder == self._identity:
                await self._put({**self._spec(self._seen), "holderIdentity": "", "leaseDurationSeconds": 1})
        except ApiError as problem:
            log.info("Lease %s/%s is not handed over: %s", self._namespace, self._name, problem)

    async def _try(self) -> bool:
        """Take the Lease if it is free, ours, or over."""
        try:
            found = Claim.of(await self._request("GET", self._path))
        except NotFound:
            return await self._create()
        if self._seen is None or self._seen.revision != found.revision:
            self._seen, self._seen_at = found, self._clock()
        free = not found.holder or found.holder == self._identity
        if not free and self._clock() < self._seen_at + found.lasts:
            return False
        return await self._take(found)

    async def _renew(self) -> bool:
        if self._seen and await self._take(self._seen):
            return True
        # Somebody has written to it: our own request that went without an answer, or another operator.
        found = Claim.of(await self._request("GET", self._path))
        return found.holder == self._identity and await self._take(found)

    async def _take(self, found: Claim) -> bool:
        try:
            await self._put(self._spec(found), found.revision)
        except Conflict:
            return False
        return True

    async def _create(self) -> bool:
        body = {
            "apiVersion": LEASE.api_version,
            "kind": LEASE.kind,
            "metadata": {"name": self._name, "namespace": self._namespace},
            "spec": self._spec(None),
        }
        try:
            self._saw(await self._request("POST", LEASE.path(self._namespace), body))
        except Conflict:
            return False
        return True

    async def _put(self, spec: dict[str, Any], revision: str | None = None) -> None:
        metadata = {"name": self._name, "namespace": self._namespace}
        metadata["resourceVersion"] = revision or (self._seen.revision if self._seen else "")
        body = {"apiVersion": LEASE.api_version, "kind": LEASE.kind, "metadata": metadata, "spec": spec}
        self._saw(await self._request("PUT", self._path, body))

    def _saw(self, lease: dict[str, Any]) -> None:
        self._seen, self._seen_at = Claim.of(lease), self._clock()

    def _spec(self, found: Claim | None) -> dict[str, Any]:
        now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        stays = found is not None and found.holder == self._identity
        return {
            "holderIdentity": self._identity,
            "leaseDurationSeconds": self._pace.lasts,
            "leaseTransitions": found.transitions + (not stays) if found else 0,
            "acquireTime": (found.acquired if found and stays else "") or now,
            "renewTime": now,
        }

    async def _request(self, method: Any, path: str, body: Any = None) -> dict[str, Any]:
        limit = self._pace.answers_within
        answer: dict[str, Any] = await self._session.request(method, path, body=body, timeout=limit)
        self.heard_at = self._clock()
        return answer

    @property
    def _path(self) -> str:
        return LEASE.path(self._namespace, self._name)
