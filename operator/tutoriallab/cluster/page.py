"""Where the page of a cluster is: an address that stays, and a key in the cluster's folder.

Called by up.py, which tells the operator beside, and by `cli/open_page.py`, which opens it.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tutoriallab.cluster import embedded, kind
from tutoriallab.cluster.embedded import context_name
from tutoriallab.cluster.kubectl import Access
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.ports import choose, is_free

_ADDRESS = "page.address"
_KEY = "page.key"
_SETTING = "TUTORIALLAB_PAGE"


def with_page(
    environment: Mapping[str, str], folder: Path, access: Access, *, operator_runs: bool
) -> dict[str, str]:
    """The environment of an operator that serves the page; what the user has set stays, an empty address means none."""
    kubeconfig = (
        str(access.kubeconfig) if access.kubeconfig else environment.get("KUBECONFIG", "~/.kube/config")
    )
    page = {
        _SETTING: _address(folder, operator_runs),
        f"{_SETTING}_KEY_FILE": str(folder / _KEY),
        f"{_SETTING}_KUBECONFIG": str(Path(kubeconfig).expanduser()) if ":" not in kubeconfig else kubeconfig,
        f"{_SETTING}_CONTEXT": access.context,
    }
    set_ = {**page, **environment}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _ADDRESS).write_text(set_[_SETTING] + "\n", encoding="ascii")
    return set_


def forget(folder: Path) -> None:
    """There is no operator beside any more that serves a page."""
    (folder / _ADDRESS).unlink(missing_ok=True)


def address(folder: Path) -> str:
    """HOST:PORT of the page; empty where none is served."""
    with suppress(OSError, UnicodeDecodeError):
        return (folder / _ADDRESS).read_text(encoding="ascii").strip()
    return ""


def key_file(folder: Path) -> Path:
    """The file with the page's key."""
    return folder / _KEY


def folder_of(context: str, places: Places, other: Path) -> Path:
    """The folder of the cluster with this context: one that `up` made, else `other`."""
    names = {context_name(name): name for name in (*kind.names(places), *embedded.names(places))}
    return places.cluster_folder(names[context]) if context in names else other


def _address(folder: Path, operator_runs: bool) -> str:
    """The one that it had, unless somebody else has taken it since."""
    before = address(folder)
    port = before.rpartition(":")[2]
    if port.isdigit() and (operator_runs or is_free(int(port))):
        return before
    return f"127.0.0.1:{choose(1, set())[0]}"
