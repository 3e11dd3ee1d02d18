"""The page for many: viewers come in with a token of the cluster, and see and change what that token may.

Called by `serving.py`. The API server is asked as the viewer who they are and what they may, so that the operator needs
no right for it, and can be led to say nothing that the viewer's own kubectl would not.
"""

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutoriallab.kube.errors import ApiError, Forbidden, Unauthorized
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import GROUP, PLURAL
from tutoriallab.web.refusal import Refused
from tutoriallab.web.viewer import Mode, Viewer

#: Seconds for which somebody stays in, and for which an answer about their rights is good.
STAYS = 8 * 3600.0
GOOD_FOR = 10.0
#: Seconds for which the last answer counts while the API server gives none.
_OUTAGE = 60.0
#: Viewers who may be in at once; beyond that, who came first comes in anew.
MOST = 2000
#: Questions about rights and names that may be under way.
_AT_ONCE = 16
_LONGEST = 16 * 1024
_WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
_MAY = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


@dataclass(slots=True)
class _Inside:
    """Somebody who is in: their token, and for each namespace until when which answer was right."""

    viewer: Viewer
    token: str
    until: float
    may: dict[str, tuple[float, bool]] = field(default_factory=dict)


class TokenDoor:
    """Viewers by what their cookie says; nothing of it is written down."""

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        """`session`: the operator's own, for the API server's address."""
        self._session, self._clock = session, clock
        self._inside: dict[str, _Inside] = {}
        self._asking = asyncio.Semaphore(_AT_ONCE)

    @property
    def mode(self) -> Mode:
        """By a token."""
        return "token"

    async def enter(self, told: Mapping[str, Any]) -> str:
        """The cookie for who has a token that the API server knows."""
        token = told.get("token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or " " in token:
            raise Refused(401, "Send a token of the cluster: kubectl create token NAME", "token")
        if not 0 < len(token) <= _LONGEST:
            raise Refused(
                401, "This is no token of the cluster: kubectl create token NAME makes one", "token"
            )
        try:
            name = await self._name(token)
        except (Unauthorized, Forbidden):
            raise Refused(
                401,
                "The cluster does not know this token, or not any more: kubectl create token NAME",
                "token",
            ) from None
        cookie = secrets.token_urlsafe(32)
        self._inside[cookie] = _Inside(Viewer(name, "token", cookie), token, self._clock() + STAYS)
        while len(self._inside) > MOST:
            del self._inside[next(iter(self._inside))]
        return cookie

    async def viewer(self, cookie: str) -> Viewer | None:
        """Who has this cookie."""
        inside = self._known(cookie)
        return inside.viewer if inside else None

    def leave(self, cookie: str) -> None:
        """Their token is forgotten."""
        self._inside.pop(cookie, None)

    async def may_see(self, viewer: Viewer, namespace: str) -> bool:
        """Whether the viewer's token may get the labs of a namespace; raises ApiError when nobody answers for long."""
        inside = self._known(viewer.pass_)
        if inside is None:
            return False
        asked, may = inside.may.get(namespace, (-_OUTAGE, False))
        now = self._clock()
        if now - asked < GOOD_FOR:
            return may
        try:
            may = await self._may(inside.token, namespace)
        except Unauthorized:
            # Run out, or taken back.
            self._inside.pop(viewer.pass_, None)
            return False
        except ApiError as problem:
            if problem.transient and now - asked < _OUTAGE:
                return may
            raise
        inside.may[namespace] = (now, may)
        return may

    async def session(self, viewer: Viewer) -> Session:
        """With the viewer's token."""
        inside = self._known(viewer.pass_)
        if inside is None:
            raise Refused(401, "Sign in again with a token of the cluster", "token")
        return self._as(inside.token)

    def _known(self, cookie: str) -> _Inside | None:
        inside = self._inside.get(cookie)
        if inside and self._clock() >= inside.until:
            del self._inside[cookie]
            return None
        return inside

    def _as(self, token: str) -> Session:
        return Session(self._session.credentials.of(token))

    async def _name(self, token: str) -> str:
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        async with self._asking, self._as(token) as session:
            answer = await session.request("POST", _WHO, body=review)
        return str(answer["status"]["userInfo"]["username"])

    async def _may(self, token: str, namespace: str) -> bool:
        wanted = {"namespace": namespace, "verb": "get", "group": GROUP, "resource": PLURAL}
        review = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": wanted},
        }
        async with self._asking, self._as(token) as session:
            answer = await session.request("POST", _MAY, body=review)
        return answer["status"].get("allowed") is True
