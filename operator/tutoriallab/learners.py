"""Lets learners into the workspaces of their labs, as their teacher binds and unbinds them; owned by `reconcile.py`.

Kopf watches TutorialLabs alone. RoleBindings come from an observer of our own: in the namespaces of labs they say
who learns there, in workspaces what the operator has made of it. Whenever the two differ, the copy is written; so
nothing is remembered, an operator that was away finds what has changed meanwhile, and idle nothing is asked.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tutoriallab.kube.errors import ApiError, NotFound
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.observe.backoff import Backoff
from tutoriallab.observe.observer import Observer
from tutoriallab.observe.selection import Selection
from tutoriallab.provision.kinds import ROLE_BINDING
from tutoriallab.provision.learner_bindings import (
    Subject,
    bind_in_workspace,
    bind_on_nodes,
    bound_on_nodes,
    learners,
    subjects,
)
from tutoriallab.provision.marks import LEARNERS
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence, joined

log = logging.getLogger(__name__)
#: Seconds for which a lab waits to learn who its learners are.
PATIENCE = 5.0
#: Seconds before a binding that could not be written is tried again, at first and at most.
RETRY_FIRST, RETRY_MOST = 0.5, 60.0


@dataclass(frozen=True, slots=True)
class _Admitted:
    """A lab into whose workspace learners are let; `on_nodes`: it has nodes, too."""

    namespace: str
    workspace: str
    on_nodes: bool

    @property
    def places(self) -> frozenset[str]:
        """The namespaces whose RoleBindings are of interest."""
        return frozenset((self.namespace, self.workspace))


class Learners:
    """Keeps the learners' bindings in workspaces, and the one on nodes, in step with those in labs' namespaces."""

    def __init__(self, session: Session, resources: Resources) -> None:
        self._session = session
        self._observer = Observer(session, resources, self)
        self._labs: dict[str, _Admitted] = {}
        self._followed: Counter[str] = Counter()
        self._known: dict[str, asyncio.Event] = {}
        self._dirty: set[str] = set()
        self._failed: set[str] = set()
        # Whom the cluster lets change nodes; None until it was asked, as a former operator may have left some.
        self._on_nodes: frozenset[Subject] | None = None
        self._nodes_dirty = True
        self._writing_nodes = asyncio.Lock()
        self._backoff = Backoff(RETRY_FIRST, RETRY_MOST)
        self._task: asyncio.Task[None] | None = None
        self._retry: asyncio.TimerHandle | None = None

    def adopt(self, workspace: str) -> None:
        """The first list covers this workspace, which a lab will follow soon."""
        self._observer.adopt(workspace)

    async def admit(self, key: LabKey, workspace: str, *, on_nodes: bool) -> Sentence | None:
        """Let the lab's learners in, and follow who they are from now on; what is waited for, None when done.

        Raises ApiError when the binding cannot be written.
        """
        now = _Admitted(key.namespace, workspace, on_nodes)
        before = self._labs.get(str(key))
        if before != now:
            self._labs[str(key)] = now
            self._follow(now.places)
            self._unfollow(before.places if before else frozenset())
            self._nodes_dirty = self._nodes_dirty or on_nodes or bool(before and before.on_nodes)
        try:
            await asyncio.wait_for(self._known[key.namespace].wait(), PATIENCE)
        except TimeoutError:
            waits = self._observer.waiting_for(key.namespace) or [phases.NO_ANSWER()]
            why = joined(waits, phases.AND_THEN())
            return phases.LEARNERS_UNKNOWN(namespace=key.namespace, why=why)
        await self._bind(now)
        if on_nodes:
            await self._bind_nodes()
        self._kick()
        return None

    def forget(self, key: LabKey) -> None:
        """The lab has no workspace any more."""
        gone = self._labs.pop(str(key), None)
        if gone is None:
            return
        self._unfollow(gone.places)
        self._nodes_dirty = self._nodes_dirty or gone.on_nodes
        self._kick()

    async def close(self) -> None:
        """Stop at once; the next operator goes on from what it finds."""
        if self._retry:
            self._retry.cancel()
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._observer.close()

    # What the observer says, which knows each namespace as if it were a lab ---------------------------------------

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:  # noqa: ARG002
        """RoleBindings of a namespace have changed."""
        self._touch(lab)

    def synced(self, lab: str) -> None:
        """All RoleBindings of a namespace are known."""
        if lab in self._known:
            self._known[lab].set()
        self._touch(lab)

    def _touch(self, namespace: str) -> None:
        for name, admitted in self._labs.items():
            if namespace in (admitted.namespace, admitted.workspace):
                self._dirty.add(name)
                self._nodes_dirty = self._nodes_dirty or admitted.on_nodes
        self._kick()

    def _follow(self, namespaces: frozenset[str]) -> None:
        for namespace in namespaces:
            self._followed[namespace] += 1
            if self._followed[namespace] > 1:
                continue
            known = self._known[namespace] = asyncio.Event()
            self._observer.adopt(namespace)
            self._observer.subscribe(namespace, (_bindings_of(namespace),))
            if self._observer.synced(namespace):
                known.set()

    def _unfollow(self, namespaces: frozenset[str]) -> None:
        for namespace in namespaces:
            self._followed[namespace] -= 1
            if self._followed[namespace] == 0:
                del self._followed[namespace], self._known[namespace]
                self._observer.unsubscribe(namespace)
                self._observer.release(namespace)

    # Writing what differs ------------------------------------------------------------------------------------------

    def _kick(self) -> None:
        if self._task is None and (self._dirty or self._nodes_dirty):
            self._task = asyncio.create_task(self._work(), name="learners' bindings")

    async def _work(self) -> None:
        """All that may differ, one after the other; what fails is tried again later, and holds up nothing else."""
        well = True
        try:
            while self._dirty:
                name = self._dirty.pop()
                if name in self._labs and not await self._tried(self._labs[name]):
                    self._failed.add(name)
            well = not self._nodes_dirty or await self._tried(None)
        except Exception:  # the edge of the task: a fault of ours must not keep learners out for good
            log.exception("learners' bindings failed; they are tried again")
            self._failed |= self._labs.keys()
        finally:
            self._task = None
        if well and not self._failed:
            self._backoff.reset()
        elif self._retry is None:
            loop = asyncio.get_running_loop()
            self._retry = loop.call_later(self._backoff.next(), self._try_again)
        if self._dirty:
            self._kick()

    def _try_again(self) -> None:
        self._retry = None
        self._dirty |= self._failed
        self._failed.clear()
        self._kick()

    async def _tried(self, admitted: _Admitted | None) -> bool:
        """One binding, of a workspace or on nodes, is as it should be."""
        try:
            await (self._bind(admitted) if admitted else self._bind_nodes())
        except ApiError as problem:
            where = f"workspace {admitted.workspace}" if admitted else "leased nodes"
            log.log(
                logging.WARNING if self._backoff.failures == 2 else logging.DEBUG,
                "learners cannot be let into %s, trying on: %s",
                where,
                problem,
            )
            return False
        return True

    async def _bind(self, admitted: _Admitted) -> None:
        if not self._observer.synced(admitted.namespace):
            return
        wanted = self._learners(admitted.namespace)
        # A workspace that is not listed yet is a fresh one; when it is listed, it is compared.
        if wanted != self._bound(admitted.workspace):
            # A workspace that somebody has deleted has nothing to be let into; the lab itself tells of it.
            with suppress(NotFound):
                await bind_in_workspace(self._session, admitted.workspace, wanted)

    async def _bind_nodes(self) -> None:
        async with self._writing_nodes:
            namespaces = {one.namespace for one in self._labs.values() if one.on_nodes}
            if not all(self._observer.synced(namespace) for namespace in namespaces):
                return
            self._nodes_dirty = False
            wanted = frozenset(one for namespace in namespaces for one in self._learners(namespace))
            try:
                if self._on_nodes is None:
                    self._on_nodes = await self._asked_on_nodes(wanted)
                if wanted != self._on_nodes:
                    await bind_on_nodes(self._session, wanted)
                    self._on_nodes = wanted
            except ApiError:
                self._nodes_dirty, self._on_nodes = True, None
                raise

    async def _asked_on_nodes(self, wanted: frozenset[Subject]) -> frozenset[Subject]:
        try:
            return await bound_on_nodes(self._session)
        except NotFound:
            if wanted:
                raise
            # An older installation: nobody is bound, and nobody is to be.
            return frozenset()

    def _learners(self, namespace: str) -> frozenset[Subject]:
        return learners(one.body for one in self._observer.select(_bindings_of(namespace)))

    def _bound(self, workspace: str) -> frozenset[Subject]:
        ours = Selection(ROLE_BINDING.api_version, ROLE_BINDING.kind, workspace, name=LEARNERS)
        return frozenset(one for found in self._observer.select(ours) for one in subjects(found.body))


def _bindings_of(namespace: str) -> Selection:
    return Selection(ROLE_BINDING.api_version, ROLE_BINDING.kind, namespace)
