"""Applies manifests to a workspace as the workspace's own provisioner; called by `reconcile.py`.

The operator itself may not make pods: whatever a lab provisions is bounded by the role that the workspace's
ServiceAccount is bound to there. Applying twice what was applied before changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import ApiError, Conflict, NotFound
from tutoriallab.kube.objects import get
from tutoriallab.kube.resources import UNKNOWN_KIND, Resource, Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.model import Manifest
from tutoriallab.provision import reasons
from tutoriallab.provision.fit import misplaced, subject, unfit
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.kinds import NAMESPACE
from tutoriallab.provision.marks import provisioner_user
from tutoriallab.provision.order import ranks
from tutoriallab.provision.refusal import ProvisionProblem, refusal, told
from tutoriallab.words import preparing as words

#: How many objects of one lab are applied at once; more only wait for each other in the quota's count.
AT_ONCE = 8
#: Seconds for which an object is tried again while the cluster sets up the workspace.
PATIENCE = 5.0
#: The same where the provisioner lacks the right: `ensure_workspace` has seen its binding work already.
PATIENCE_FORBIDDEN = 0.5
#: Seconds before the second try; each further one waits half as long again, up to LONGEST_PAUSE.
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 0.5


@dataclass(frozen=True)
class Applied:
    """All manifests stand in the workspace."""

    count: int


async def apply_all(
    session: Session, resources: Resources, workspace: str, manifests: Sequence[Manifest]
) -> Applied | ProvisionProblem:
    """Apply manifests (from `render.py`) in an order that works; what is wrong comes back as a value.

    Nothing is applied unless all manifests are of kinds that can be. Of several problems the first is told.
    Conflicts with other field managers are won: the starting state is the lab's.
    """
    found = await _look_up(resources, manifests)
    if isinstance(found, ProvisionProblem):
        return found
    places = {id(manifest): resource for manifest, resource in zip(manifests, found, strict=True)}
    lanes = asyncio.Semaphore(AT_ONCE)

    async def one(manifest: Manifest) -> ProvisionProblem | None:
        async with lanes:
            return await _apply_one(session, places[id(manifest)], workspace, manifest)

    for together in ranks(manifests):
        problems = await asyncio.gather(*map(one, together))
        first = next((problem for problem in problems if problem), None)
        if first:
            return await _explained(session, workspace, first)
    return Applied(len(manifests))


async def _explained(session: Session, workspace: str, problem: ProvisionProblem) -> ProvisionProblem:
    """In a namespace that goes away the provisioner's rights go first: that is the reason then."""
    if problem.reason != reasons.FORBIDDEN:
        return problem
    try:
        namespace = await get(session, NAMESPACE, workspace)
    except NotFound:
        why = words.WORKSPACE_GONE(namespace=workspace)
        told_so = words.REFUSED(object=problem.object, told=why)
        return replace(problem, reason=reasons.WORKSPACE_GONE, message=told_so)
    except ApiError:
        return problem
    if not namespace["metadata"].get("deletionTimestamp"):
        return problem
    told_so = words.REFUSED(object=problem.object, told=what_hangs(namespace))
    return replace(problem, reason=reasons.WORKSPACE_TERMINATING, message=told_so, transient=True)


async def _look_up(resources: Resources, manifests: Sequence[Manifest]) -> list[Resource] | ProvisionProblem:
    found = []
    for manifest in manifests:
        problem = unfit(manifest)
        if problem:
            return problem
        try:
            resource = await resources.find(manifest["apiVersion"], manifest["kind"])
        except ApiError as error:
            return _not_served(manifest, error)
        problem = misplaced(manifest, resource)
        if problem:
            return problem
        found.append(resource)
    return found


def _not_served(manifest: Manifest, error: ApiError) -> ProvisionProblem:
    if not isinstance(error, NotFound) or error.reason != UNKNOWN_KIND:
        return told(subject(manifest), error, refusal(error))
    what = subject(manifest)
    why = words.NOT_SERVED(kind=manifest["kind"], api_version=manifest["apiVersion"])
    # Somebody may install the CRD; the lab goes on then by itself.
    return ProvisionProblem(reasons.UNKNOWN_KIND, what, words.REFUSED(object=what, told=why), transient=True)


async def _apply_one(
    session: Session, resource: Resource, workspace: str, manifest: Manifest
) -> ProvisionProblem | None:
    async def attempt() -> None:
        applied = await apply(session, resource, manifest, impersonate=provisioner_user(workspace))
        if applied["metadata"].get("deletionTimestamp"):
            # What we applied would go with it (a step brings back what the learner has just deleted).
            raise Conflict(409, reasons.OBJECT_TERMINATING, str(words.STILL_DELETED()))

    return await patiently(attempt, subject(manifest))


async def patiently(attempt: Callable[[], Awaitable[None]], what: str) -> ProvisionProblem | None:
    """Try until it succeeds, until trying again does not help, or until patience ends."""
    loop = asyncio.get_running_loop()
    began, pause = loop.time(), FIRST_PAUSE
    while True:
        try:
            await attempt()
        except ApiError as error:
            found = refusal(error)
            patience = PATIENCE_FORBIDDEN if found.reason == reasons.FORBIDDEN else PATIENCE
            if not found.soon or loop.time() + pause - began > patience:
                return told(what, error, found)
        else:
            return None
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
