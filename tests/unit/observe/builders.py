"""Objects and shelves for the tests of observing, with only what a test cares about."""

import itertools

from tutoriallab.observe.decode import Metadata, Owner
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.selection import OwnerRef
from tutoriallab.observe.shelf import Shelves

_uids = itertools.count(1)


def an_object(
    kind: tuple[str, str],
    name: str,
    *,
    namespace: str = "x",
    uid: str | None = None,
    labels: dict[str, str] | None = None,
    owners: tuple[Observed, ...] = (),
    terminating: bool = False,
    revision: int = 1,
    raw: bytes = b"{}",
) -> Observed:
    references = tuple(Owner(one.api_version, one.kind, one.name, one.uid) for one in owners)
    metadata = Metadata(
        name=name,
        namespace=namespace,
        uid=uid or f"uid-{next(_uids)}",
        resource_version=str(revision),
        labels=labels,
        owner_references=references or None,
        deletion_timestamp="2026-01-01T00:00:00Z" if terminating else None,
    )
    return Observed(kind, metadata, raw, Bodies())


POD, REPLICA_SET, DEPLOYMENT = ("v1", "Pod"), ("apps/v1", "ReplicaSet"), ("apps/v1", "Deployment")
WEB = OwnerRef(*DEPLOYMENT, "web")


def on_shelves(*objects: Observed) -> Shelves:
    shelves = Shelves()
    for one in objects:
        shelves.of((one.api_version, one.kind)).put(one)
    return shelves
