"""Checks that are passed before the learner does anything, as far as that can be seen without a cluster.

Pure; called by `lint`. The checks are judged on the manifests of the starting state, as the operator would judge them.
Told is only what is sure: where all that a check reads stands in these manifests, in fields that no controller and no
default changes. No status, no Events, no pages, nothing that controllers make: `prove` sees those.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tutoriallab.cli.lint_constant import is_constant
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.cel.origins import EACH
from tutoriallab.grade.compile import CompiledCheck, CompiledStep
from tutoriallab.grade.judge import CheckMemory, Court, judge
from tutoriallab.grade.select import selections
from tutoriallab.lab.given import Given
from tutoriallab.lab.kinds import READABLE
from tutoriallab.lab.model import Manifest
from tutoriallab.lab.parse import Lab
from tutoriallab.lab.problem import Problem
from tutoriallab.observe.decode import Header
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.selection import Selection, matches
from tutoriallab.provision.render import starting_state, step_state

_WORKLOADS = frozenset(
    {"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController"}
)
#: Which kinds make objects of a kind; where none of them is provisioned, there are no others than those provisioned.
_MADE_BY: Mapping[str, frozenset[str]] = {
    "Pod": _WORKLOADS,
    "ReplicaSet": frozenset({"Deployment"}),
    "Job": frozenset({"CronJob"}),
    "PersistentVolumeClaim": frozenset({"StatefulSet", *_WORKLOADS, "Pod"}),
    "EndpointSlice": frozenset({"Service", "Endpoints"}),
    "Endpoints": frozenset({"Service"}),
}
#: Kinds of which each workspace has some, or whose content is another than what was applied.
_UNSURE = frozenset({"ConfigMap", "ServiceAccount", "ResourceQuota", "Event", "Secret"})
#: Kinds that change others' specs.
_CHANGERS = frozenset({"HorizontalPodAutoscaler"})
#: Maps of an author's own keys.
_AUTHORS_MAPS = frozenset({"data", "labels", "matchLabels", "nodeSelector"})
#: Fields that nobody writes but who writes manifests: where they are not, they are not.
_AUTHORS_OWN = _AUTHORS_MAPS | {
    "affinity", "args", "command", "containers", "env", "envFrom", "initContainers", "jobTemplate", "lifecycle",
    "livenessProbe", "readinessProbe", "startupProbe", "template",
}  # fmt: skip
#: Fields to which the API server adds something of its own.
_ADDED_TO = frozenset({"status", "volumes", "volumeMounts", "tolerations", "annotations", "finalizers"})


def start_problems(lab: Lab, steps: Sequence[CompiledStep]) -> Iterator[Problem]:
    """Checks of the first step, and later steps, that are passed by what the lab itself provisions."""
    aliases = {node.name: node.name for node in lab.spec.nodes}
    names = {"workspace": lab.workspace, **aliases}
    scope = Scope(lab.workspace, aliases)
    for s, step in enumerate(steps):
        manifests = step_state(lab, step.step, names)
        if s == 0:
            manifests = [*starting_state(lab, names), *manifests]
        there = _Declared.of(manifests, complete=s == 0)
        passed = [c for c, check in enumerate(step.checks) if there and _passes(check, there, scope, names)]
        if s == 0:
            for c in passed:
                text = "is passed before the learner does anything, by the starting state: ask for what they change"
                yield Problem(f"spec.steps[0].checks[{c}]", text)
        elif len(passed) == len(step.checks):
            text = "is passed as it opens, by what it provisions itself: ask for what the learner changes"
            yield Problem(f"spec.steps[{s}]", text)


@dataclass(frozen=True)
class _Declared:
    """What is provisioned; `complete`: nobody has made anything before."""

    objects: tuple[Observed, ...]
    complete: bool

    @classmethod
    def of(cls, manifests: Sequence[Manifest], *, complete: bool) -> "_Declared | None":
        """None where the manifests are not of one piece: that is for the API server to tell."""
        found: dict[tuple[str, str], Observed] = {}
        for body in manifests:
            try:
                header = msgspec.convert({"metadata": body["metadata"]}, Header)
            except msgspec.ValidationError:
                return None
            one = Observed(
                (body["apiVersion"], body["kind"]), header.metadata, msgspec.json.encode(body), Bodies()
            )
            if (one.kind, one.name) in found:
                # Which of two is there in the end is more than we know.
                return None
            found[one.kind, one.name] = one
        return cls(tuple(found.values()), complete)

    def select(self, selection: Selection) -> list[Observed]:
        """What the observer would find of it."""
        wanted = (selection.api_version, selection.kind)
        there = [one for one in self.objects if (one.api_version, one.kind) == wanted]
        return [one for one in there if matches(selection, one, lambda *_: None)]

    def knows(self, given: Given, selection: Selection) -> bool:
        """Whether what is selected here is what would be selected in the cluster."""
        if any(one.kind in _CHANGERS for one in self.objects):
            return False
        same = [one for one in self.objects if one.kind == given.kind]
        if selection.name and any(one.name == selection.name for one in same):
            return all(one.api_version == given.api_version for one in same)
        makers = _MADE_BY.get(given.kind, frozenset())
        return (
            self.complete
            and given.kind not in _UNSURE
            and (given.api_version, given.kind) in READABLE
            and not any(one.kind in makers for one in self.objects)
        )


def _passes(check: CompiledCheck, there: _Declared, scope: Scope, names: Mapping[str, str]) -> bool:
    """Whether the check is surely passed on these objects alone."""
    if check.check.answer or check.remember or check.check.when == "Throughout" or check.uses_events:
        return False
    if is_constant(check):
        # Told by lint_constant.
        return False
    if any(given.asks or given.namespace for given in check.check.given.values()):
        return False
    chosen = selections(check, scope.workspace, names)
    for name, given in check.check.given.items():
        selection = chosen[name]
        if selection.namespace is None or not there.knows(given, selection):
            return False
        if not _reads_what_stays(check, name, given, there.select(selection)):
            return False
    court = Court(there.select, scope, {}, now=0.0)
    found = judge(check, chosen, CheckMemory(), court)
    return found.verdict == "Passed" or found.reason == reasons.HOLDING


def _reads_what_stays(check: CompiledCheck, name: str, given: Given, objects: Sequence[Observed]) -> bool:
    """Whether all that the check reads of this variable's objects is in the cluster what it is in the manifests."""
    of_list = not (given.name or given.pick)
    paths = [path for one in check.expect for path in one.fields.get(name, ())]
    paths = [path[1:] if of_list and path else path for path in paths]
    if name in check.where:
        paths += check.where[name].fields.get("object", ())
    return all(_stays(one.body, path) for one in objects for path in paths)


def _stays(value: Any, path: tuple[str, ...], above: str = "") -> bool:
    """Whether what stands at this path (or stands not) is the same once it is applied; `above` names the field."""
    if above in _ADDED_TO:
        return False
    if not path:
        # A part of an object has defaults in it; the object itself is asked whether it is there.
        return not above or not isinstance(value, dict) or above in _AUTHORS_MAPS
    step, rest = path[0], path[1:]
    if step == EACH:
        below = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
        return all(_stays(one, rest, above) for one in below)
    if not isinstance(value, dict) or step not in value:
        return step in _AUTHORS_OWN or above in _AUTHORS_MAPS
    return _stays(value[step], rest, step)
