"""The values of the chart that give an operator in the cluster the settings of one beside it; pure.

Called by in_cluster.py. Only what is said is a value: for the rest the chart has the same defaults, but for
capabilities, as where the operator is a container, containers run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from tutoriallab.cluster.operator_image import OperatorImage
from tutoriallab.settings import PREFIX, Settings

#: Settings that have a value of their own in the chart.
VALUES = {
    "capabilities": "capabilities",
    "allow_privileged": "allowPrivileged",
    "allow_outside": "allowOutside",
    "extra_kinds": "extraKinds",
    "lease_idle": "leaseIdle",
    "log_level": "logLevel",
}
#: Settings that are a process's own: the chart sets them, or they make no sense in a pod. A page is wanted or is not,
#: at whatever address.
OF_PROCESS = frozenset(
    {
        "leader_lease",
        "leader_identity",
        "serve",
        "page",
        "page_key_file",
        "page_kubeconfig",
        "page_context",
        "page_hosts",
        "ready_file",
        "counters_file",
    }
)
#: The annotation that lets pods start anew when another image has the same name.
IDENTITY = "tutoriallab.dev/image"


def chart_values(
    environment: Mapping[str, str], reads: Sequence[Mapping[str, Any]], image: OperatorImage
) -> dict[str, Any]:
    """Values from TUTORIALLAB_* variables; `reads` are the rules of the extra kinds, in their sorted order.

    Raises InvalidSetting for a variable that cannot be read.
    """
    settings = Settings.from_environment(environment)
    said = [one.name for one in fields(Settings) if PREFIX + one.name.upper() in environment]
    values = {VALUES[name]: _plain(getattr(settings, name)) for name in said if name in VALUES}
    if settings.extra_kinds:
        values["extraKinds"] = [
            {"apiVersion": version, "kind": kind, "resource": rule["resources"][0]}
            for (version, kind), rule in zip(sorted(settings.extra_kinds), reads, strict=True)
        ]
    others = [PREFIX + name.upper() for name in said if name not in VALUES and name not in OF_PROCESS]
    if others:
        values["env"] = [{"name": name, "value": environment[name]} for name in sorted(others)]
    if settings.page:
        values["page"] = {"enabled": True, "hosts": _plain(settings.page_hosts)}
    if image.identity:
        values["podAnnotations"] = {IDENTITY: image.identity}
    named = {"repository": image.repository, "tag": image.tag, "digest": image.digest}
    return {**values, "image": {**named, "pullPolicy": image.pull}}


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
