"""Installs the CRD and the operator's rights into a cluster, and makes the operator's own kubeconfig.

Called by `up` for embedded and existing clusters. It uses the administrator's kubectl; the operator that
starts afterwards has nothing but the rights of `manifests/`, the same as in a cluster.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml

from tutoriallab.cluster.error import ClusterError
from tutoriallab.data import crds_dir
from tutoriallab.lab.kinds import Kind, cluster_scoped
from tutoriallab.settings import EXTRA_KINDS

NAMESPACE = "tutoriallab-system"
OPERATOR = "tutoriallab-operator"
#: The ClusterRoles, and their bindings, that not every cluster has.
OUTSIDE = "tutoriallab-operator-outside"
OPTED_IN = "tutoriallab-operator-extra-kinds"
CRD = "tutoriallabs.tutoriallab.dev"
#: Name of the operator's kubeconfig in the folder that the caller gives.
KUBECONFIG = "operator.kubeconfig"
#: For how long the operator's token is asked for, in hours; every call makes a new one.
TOKEN_HOURS = 30 * 24
#: Seconds that one kubectl may take.
PATIENCE = 60

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
    a second, also when all is there. Raises InstallError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Kubectl(kubectl, folder / "kubectl-cache")
    reads = [_reading(run, kind) for kind in sorted(extra_kinds)]
    run(
        *("apply", "--server-side", "--force-conflicts", "--field-manager=tutoriallab-install", "-f", "-"),
        given=manifests(outside=outside, reads=reads),
    )
    unasked = [name for name, asked in ((OUTSIDE, outside), (OPTED_IN, reads)) if not asked]
    if unasked:
        run("delete", "clusterrolebinding,clusterrole", *unasked, "--ignore-not-found")
    run("wait", "--for=condition=Established", f"crd/{CRD}", "--timeout=30s")
    token = run("create", "token", OPERATOR, f"--namespace={NAMESPACE}", f"--duration={token_hours}h")
    cluster = json.loads(run("config", "view", "--minify", "--flatten", "--raw", "--output=json"))
    return _write(folder / KUBECONFIG, _kubeconfig(cluster["clusters"][0]["cluster"], token.strip()))


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


def _reading(run: "_Kubectl", wanted: Kind) -> dict[str, Any]:
    """The rule that lets checks read a kind; raises InstallError when the cluster has none such in namespaces."""
    version, kind = wanted
    try:
        served = json.loads(run("get", "--raw", f"/{'apis' if '/' in version else 'api'}/{version}"))
    except InstallError as refused:
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


class _Kubectl:
    """Runs kubectl on one cluster; a failure is told in one sentence."""

    def __init__(self, command: Sequence[str], cache: Path) -> None:
        # Without a cache folder of ours kubectl would leave one in the user's home.
        self._command = [*command, f"--cache-dir={cache}"]

    def __call__(self, *arguments: str, given: str = "") -> str:
        try:
            done = subprocess.run(
                [*self._command, *arguments],
                input=given,
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
        except OSError as error:
            text = f"{self._command[0]} cannot be run ({error.strerror}): install kubectl, or name its path."
            raise InstallError(text) from error
        except subprocess.TimeoutExpired as error:
            text = f"The cluster did not answer kubectl {arguments[0]} within {PATIENCE} s: see whether it is up."
            raise InstallError(text) from error
        if done.returncode != 0:
            raise InstallError(_sentence(arguments[0], done.stderr))
        return done.stdout


#: What kubectl says, and what to do then.
_WAYS_OUT = (
    ("no matches for kind", "use a cluster with Kubernetes 1.30 or newer"),
    ("refused", "see whether the cluster is up"),
    ("no such host", "see whether the cluster's address is right"),
    ("context was not found", "name a context that kubectl config get-contexts shows"),
    ("does not exist", "name a context that kubectl config get-contexts shows"),
    ("orbidden", "use a context with the rights of a cluster administrator"),
    ("nauthorized", "log in to the cluster again"),
    ("must be logged in", "log in to the cluster again"),
)


def _sentence(verb: str, stderr: str) -> str:
    lines = [
        line for line in stderr.splitlines() if line.strip() and not line.startswith(("Warning:", "W", "I"))
    ]
    said = (lines[-1] if lines else "it gave no reason").strip().removeprefix("error: ")
    way_out = next(
        (way for sign, way in _WAYS_OUT if sign in stderr), "see what kubectl version says, and try again"
    )
    return f"kubectl {verb} failed ({said[:400]}): {way_out}."


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
