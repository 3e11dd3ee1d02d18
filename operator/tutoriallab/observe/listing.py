"""Lists a kind page by page and keeps what is of interest; called by the reflectors."""

from collections.abc import Container
from dataclasses import dataclass

from tutoriallab.kube.errors import Gone
from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import Session
from tutoriallab.observe.decode import decode_page, without_managed_fields
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.selection import Kind


@dataclass(frozen=True, slots=True)
class Listing:
    """The objects that were kept, and the resourceVersion at which they were so."""

    objects: list[Observed]
    revision: str


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists one kind for one reader."""

    session: Session
    resource: Resource
    reader: str | None
    bodies: Bodies
    pace: Pace

    async def list(self, namespace: str | None, kept: Container[str]) -> Listing:
        """All objects in a namespace or everywhere, of which those in `kept` namespaces are kept.

        Raises ApiError, Unreadable. When the cluster moves on too far between two pages, the list is asked for
        once more in one piece, as waiting would only make it worse.
        """
        try:
            return await self._pages(namespace, kept, self.pace.chunk)
        except Gone:
            return await self._pages(namespace, kept, None)

    async def _pages(self, namespace: str | None, kept: Container[str], limit: int | None) -> Listing:
        objects: list[Observed] = []
        token: str | None = None
        while True:
            answer = await self.session.fetch(
                "GET",
                self.resource.path(namespace),
                query={"limit": limit, "continue": token},
                impersonate=self.reader,
                timeout=self.pace.list_timeout,
            )
            stands, items = decode_page(answer)
            for metadata, raw in items:
                if metadata.namespace in kept:
                    # A copy: the decoder's own refers to the whole page, which would stay in memory.
                    slim = without_managed_fields(bytes(raw))
                    objects.append(Observed(self._kind, metadata, slim, self.bodies))
            token = stands.continue_
            if not token:
                return Listing(objects, stands.resource_version)

    @property
    def _kind(self) -> Kind:
        return (self.resource.api_version, self.resource.kind)
