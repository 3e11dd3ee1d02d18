"""Typed builders for tests: each makes the smallest object that the real thing would be."""

from typing import Any

import msgspec

from tutoriallab.observe.decode import Header
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.selection import Selection, matches

Json = dict[str, Any]


def check(name: str = "there", **changes: Any) -> Json:
    """A check on Deployment web."""
    given = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
    return {
        "name": name,
        "says": {"en": "It is there"},
        "given": given,
        "expect": ["web.spec.replicas == 3"],
        **changes,
    }


def step(name: str = "first", *checks: Json, **changes: Any) -> Json:
    """A step with these checks, or with one."""
    return {
        "name": name,
        "title": {"en": name.capitalize()},
        "task": {"en": "Do it in ${workspace}"},
        "checks": list(checks) or [check()],
        **changes,
    }


def spec(*steps: Json, **changes: Any) -> Json:
    """A lab's spec with these steps, or with one."""
    return {"title": {"en": "A lab"}, "steps": list(steps) or [step()], **changes}


def lab(name: str = "demo", *steps: Json, namespace: str = "default", **changes: Any) -> Json:
    """A TutorialLab as the API server gives it."""
    return {
        "apiVersion": "tutoriallab.dev/v1alpha1",
        "kind": "TutorialLab",
        "metadata": {"name": name, "namespace": namespace, "uid": f"uid-of-{name}", "generation": 1},
        "spec": spec(*steps, **changes),
    }


def metadata(name: str, **changes: Any) -> Json:
    """Metadata of an object in the workspace demo."""
    return {
        "name": name,
        "namespace": "demo",
        "uid": f"uid-of-{name}",
        "resourceVersion": "1",
        "generation": 1,
        "creationTimestamp": "2026-01-01T00:00:00Z",
        **changes,
    }


def deployment(name: str = "web", replicas: int = 3, *, status: Json | None = None, **meta: Any) -> Json:
    """A Deployment; without a status it is fully available."""
    ready = {
        "observedGeneration": 1,
        "replicas": replicas,
        "readyReplicas": replicas,
        "availableReplicas": replicas,
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(name, **meta),
        "spec": {
            "replicas": replicas,
            "template": {"spec": {"containers": [{"name": "web", "image": "nginx:1.7.9"}]}},
        },
        "status": ready if status is None else status,
    }


def pod(name: str = "web-1", phase: str = "Running", *, ready: bool = True, **meta: Any) -> Json:
    """A Pod with one container."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata(name, **meta),
        "spec": {"containers": [{"name": "web", "image": "nginx:1.7.9"}]},
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": "True" if ready else "False"}]},
    }


def pod_with(state: Json, *, last: Json | None = None, restarts: int = 0, **declared: Any) -> Json:
    """A Pod whose container is in this state and has not started; `declared`: what its spec says of it."""
    one = pod(ready=False)
    one["spec"]["containers"][0].update(declared)
    known = {"name": "web", "ready": False, "started": False, "restartCount": restarts}
    one["status"]["containerStatuses"] = [{**known, "state": state, "lastState": last or {}}]
    return one


class Objects:
    """The live objects of a test's small world, selected as the observer would."""

    def __init__(self, *bodies: Json) -> None:
        self.all = [observed(body) for body in bodies]

    def select(self, selection: Selection) -> list[Observed]:
        """The objects that a selection contains."""
        kind = (selection.api_version, selection.kind)
        found = [
            one
            for one in self.all
            if (one.api_version, one.kind) == kind
            and selection.namespace in (None, one.namespace)
            and matches(selection, one, self._find)
        ]
        return sorted(found, key=lambda one: one.name)

    def _find(self, api_version: str, kind: str, namespace: str, name: str) -> Observed | None:
        return next((one for one in self.all if (one.kind, one.name) == (kind, name)), None)


def observed(body: Json) -> Observed:
    """An object as a reflector keeps it."""
    header = msgspec.convert({"metadata": body["metadata"]}, Header)
    return Observed((body["apiVersion"], body["kind"]), header.metadata, msgspec.json.encode(body), Bodies())
