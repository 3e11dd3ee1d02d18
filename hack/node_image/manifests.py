"""The manifests that kind applies to a new cluster: its network and its storage; pure, called by build.py."""

from typing import Any

import yaml

from node_image.contents import LOCAL_PATH
from tutoriallab.cluster.pins import KUBERNETES

_HELPER = f"tutoriallab.dev/local-path-helper:v{LOCAL_PATH}"
_PROVISIONER = f"tutoriallab.dev/local-path-provisioner:v{LOCAL_PATH}"
_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"


def network(template: str) -> str:
    """The network's manifest; kind itself fills in the addresses of the pods."""
    return template.replace("@KUBERNETES@", f"v{KUBERNETES}")


def storage(published: str) -> str:
    """local-path-provisioner's own manifest, with our images, as the default class `standard` that kind has."""
    documents: list[dict[str, Any]] = [one for one in yaml.safe_load_all(published) if one]
    for one in documents:
        match one["kind"]:
            case "Deployment":
                _deployment(one["spec"]["template"]["spec"])
            case "StorageClass":
                one["metadata"] = {"name": "standard", "annotations": {_DEFAULT_CLASS: "true"}}
            case "ConfigMap":
                data = one["data"]
                # kind keeps /var of every node on a volume of its own.
                data["config.json"] = data["config.json"].replace("/opt/", "/var/")
                helper = yaml.safe_load(data["helperPod.yaml"])
                helper["spec"]["containers"][0]["image"] = _HELPER
                helper["spec"]["tolerations"] = [{"operator": "Exists"}]
                data["helperPod.yaml"] = yaml.safe_dump(helper, sort_keys=False)
    return yaml.safe_dump_all(documents, sort_keys=False)


def _deployment(spec: dict[str, Any]) -> None:
    [container] = spec["containers"]
    container["image"] = _PROVISIONER
    at = container["command"].index("start") + 1
    container["command"][at:at] = ["--helper-image", _HELPER]
    # It needs no worker: labs taint and drain those.
    spec["nodeSelector"] = {"node-role.kubernetes.io/control-plane": ""}
    spec["tolerations"] = [{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]
