"""Which path a kind has on this cluster, asked from the API server's discovery and remembered.

Called by everything that reads or writes objects by apiVersion and kind.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from tutoriallab.kube.errors import NotFound
from tutoriallab.kube.session import Session, path_segment

#: Seconds before a kind that was not there is looked for again: a CRD may just have been installed.
ASK_AGAIN = 5.0
#: Reason of the NotFound for a kind that this cluster does not know.
UNKNOWN_KIND = "UnknownKind"


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind as the API server serves it; `api_version` is group/version, or v1 for the core group."""

    api_version: str
    kind: str
    plural: str
    namespaced: bool

    def path(
        self, namespace: str | None = None, name: str | None = None, subresource: str | None = None
    ) -> str:
        """The path of the collection, of one object, or of its subresource.

        Without a namespace it is that of all namespaces; kinds that have none ignore it.
        """
        parts = [
            "/api" if "/" not in self.api_version else "/apis",
            *map(path_segment, self.api_version.split("/")),
        ]
        if namespace and self.namespaced:
            parts += ["namespaces", path_segment(namespace)]
        parts += [self.plural]
        if name is not None:
            parts += [path_segment(name)]
        if subresource is not None:
            parts += [subresource]
        return "/".join(parts)


class Resources:
    """The kinds of one cluster, by apiVersion and kind."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, dict[str, Resource]] = {}
        self._asked: dict[str, float] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def find(self, api_version: str, kind: str) -> Resource:
        """The resource of a kind; raises NotFound with reason UnknownKind, or ApiError when discovery fails.

        A miss is asked again at most every ASK_AGAIN seconds, whoever asks.
        """
        async with self._asking.setdefault(api_version, asyncio.Lock()):
            known = self._known.get(api_version, {}).get(kind)
            now = time.monotonic()
            if known is None and now - self._asked.get(api_version, -ASK_AGAIN) >= ASK_AGAIN:
                self._known[api_version] = await self._discover(api_version)
                self._asked[api_version] = now
                known = self._known[api_version].get(kind)
        if known is None:
            text = f"this cluster knows no kind {kind} in {api_version}"
            raise NotFound(404, UNKNOWN_KIND, f"{text}: install its CRD, or correct apiVersion or kind")
        return known

    async def _discover(self, api_version: str) -> dict[str, Resource]:
        group = "/api" if "/" not in api_version else "/apis"
        path = "/".join([group, *map(path_segment, api_version.split("/"))])
        try:
            answer = await self._session.request("GET", path)
        except NotFound:
            return {}
        return {
            one["kind"]: Resource(api_version, one["kind"], one["name"], one["namespaced"])
            for one in _resources(answer)
        }


def _resources(answer: Any) -> list[dict[str, Any]]:
    # Subresources ("pods/log") carry kinds, too, and some of them (Scale, Eviction) belong to other groups.
    found = answer.get("resources") or [] if isinstance(answer, dict) else []
    return [one for one in found if "/" not in one["name"]]
