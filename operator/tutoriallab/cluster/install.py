"""Installs the CRD and the operator's rights into a cluster, and makes the operator's own kubeconfig.

Called by `up` for embedded and existing clusters. It uses the administrator's kubectl; the operator that
starts afterwards has nothing but the rights of `manifests/`, the same as in a cluster.
"""

import json
import os
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.kubectl import CACHE, Kubectl, KubectlError
from tutoriallab.data import crds_dir
from tutoriallab.lab.kinds import Kind, cluster_scoped
from tutoriallab.settings import EXTRA_KINDS

NAMESPACE = "tutoriallab-system"
OPERATOR = "tutoriallab-operator"
#: The page that stands in the cluster by itself, with all that is its own.
PAGE = "tutoriallab-page"
#: The ClusterRoles, and their bindings, that not every cluster has.
OUTSIDE = "tutoriallab-operator-outside"
OPTED_IN = "tutoriallab-operator-extra-kinds"
CRD = "tutoriallabs.tutoriallab.dev"
#: Name of the operator's kubeconfig in the folder that the caller gives.
KUBECONFIG = "operator.kubeconfig"
#: For how long the operator's token is asked for, in hours; every call makes a new one.
TOKEN_HOURS = 30 * 24

_MANIFESTS = Path(__file__).resolve().parent / "manifests"


class InstallError(ClusterError):
    """The cluster could not be made ready for the operator; the message's last part says what to do."""


def install(
    kubectl: Sequence[str],
    folder: Path,
    token_hours: int = TOKEN_HOURS,
    *,
    outside: bool = False,
    extra_kinds: Set[Kind] = frozenset(),
) -> Path:
    """Install or refresh everything; the path of the operator's kubeconfig, written anew with mode 0600.

    `kubectl` is the program with its options for the cluster (--kubeconfig, --context), `folder` a private one
    for the kubeconfig and kubectl's cache. `outside` gives the operator the rights for labs with objects outside
    of their workspace, `extra_kinds` those to read further kinds; what is not asked for is taken away. Takes about
    a second, also when all is there. Raises ClusterError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = Kubectl(kubectl, folder / CACHE)
    reads = readings(run, extra_kinds)
    run(
        *("apply", "--server-side", "--force-conflicts", "--field-manager=tutoriallab-install", "-f", "-"),
        given=manifests(outside=outside, reads=reads),
    )
    take_away_unasked(run, outside=outside, extra_kinds=bool(reads))
    run("wait", "--for=condition=Established", f"crd/{CRD}", "--timeout=30s")
    token = run("create", "token", OPERATOR, f"--namespace={NAMESPACE}", f"--duration={token_hours}h")
    cluster = json.loads(run("config", "view", "--minify", "--flatten", "--raw", "--output=json"))
    return _write(folder / KUBECONFIG, _kubeconfig(cluster["clusters"][0]["cluster"], token.strip()))


def take_away_unasked(run: Kubectl, *, outside: bool, extra_kinds: bool) -> None:
    """Remove the rights of what is not asked for, whoever installed them; raises KubectlError."""
    unasked = [name for name, asked in ((OUTSIDE, outside), (OPTED_IN, extra_kinds)) if not asked]
    if unasked:
        run("delete", "clusterrolebinding,clusterrole", *unasked, "--ignore-not-found")


def readings(run: Kubectl, kinds: Set[Kind]) -> list[dict[str, Any]]:
    """The rules that let checks read these kinds, in their order; raises ClusterError for one that is not served."""
    return [_reading(run, kind) for kind in sorted(kinds)]


def manifests(*, outside: bool = False, reads: Sequence[dict[str, Any]] = ()) -> str:
    """All that is installed, as one stream of YAML: the CRD, then policies, account and rights.

    `reads` are the rules for kinds that are opted in.
    """
    files = [*sorted(crds_dir().glob("*.yaml")), *sorted(_MANIFESTS.glob("*.yaml"))]
    files += [_MANIFESTS / "optional" / "outside.yaml"] if outside else []
    texts = [file.read_text(encoding="utf-8") for file in files]
    return "\n---\n".join([*texts, *(_opted_in(reads) if reads else ())])


def _opted_in(reads: Sequence[dict[str, Any]]) -> Iterable[str]:
    """The ClusterRole of kinds that are opted in, with these rules, and its binding."""
    text = (_MANIFESTS / "optional" / "extra-kinds.yaml").read_text(encoding="utf-8")
    for one in yaml.safe_load_all(text):
        rules = {"rules": list(reads)} if one["kind"] == "ClusterRole" else {}
        yield yaml.safe_dump({**one, **rules}, sort_keys=False)


def _reading(run: Kubectl, wanted: Kind) -> dict[str, Any]:
    """The rule that lets checks read a kind; raises ClusterError when the cluster has none such in namespaces."""
    version, kind = wanted
    try:
        served = json.loads(run("get", "--raw", f"/{'apis' if '/' in version else 'api'}/{version}"))
    except KubectlError as refused:
        if "NotFound" not in str(refused):
            raise
        served = {"resources": []}
    # Subresources carry their kind, too.
    found = [one for one in served["resources"] if one["kind"] == kind and "/" not in one["name"]]
    if not found:
        text = f"{EXTRA_KINDS} has {version}/{kind}, which this cluster does not serve"
        raise InstallError(f"{text}: install its CRD first, or leave it out.")
    if not found[0]["namespaced"]:
        raise InstallError(f"{cluster_scoped(version, kind)}.")
    group = version.rpartition("/")[0]
    return {"apiGroups": [group], "resources": [found[0]["name"]], "verbs": ["list", "watch"]}


def _kubeconfig(cluster: dict[str, Any], token: str) -> dict[str, Any]:
    context = {"cluster": "cluster", "user": OPERATOR, "namespace": NAMESPACE}
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "cluster", "cluster": cluster}],
        "users": [{"name": OPERATOR, "user": {"token": token}}],
        "contexts": [{"name": OPERATOR, "context": context}],
        "current-context": OPERATOR,
    }


def _write(path: Path, content: dict[str, Any]) -> Path:
    """In one go, so that a running operator that reads it again never meets half a file."""
    try:
        # NamedTemporaryFile makes it readable to its owner alone from the first byte on.
        with NamedTemporaryFile(
            "w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8"
        ) as file:
            json.dump(content, file, indent=2)
        os.replace(file.name, path)  # noqa: PTH105 - file.name is a str
    except OSError as error:
        raise InstallError(
            f"{path} cannot be written ({error.strerror}): free space, or allow it."
        ) from error
    return path
