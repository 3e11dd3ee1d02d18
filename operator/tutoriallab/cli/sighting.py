"""Pods and nodes as they are and as they change, by the learner's own rights; called by `watch` and `status`.

`kubectl get --raw` gives a list with its version and then what happened since, so that nothing is lost in between;
`kubectl get -w` cannot be begun anew without losing what was deleted meanwhile.
"""

import json
import subprocess
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.map import NodeSpot, PodSpot, Sight, node_spot, pod_spot
from tutoriallab.cli.refusal import Forbidden

T = TypeVar("T")
_NODES = "/api/v1/nodes"
#: Seconds before a list is asked for again: at first, and at most; also where a right may come.
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


def look(kubectl: Kubectl, workspace: str) -> Sight:
    """What there is now; raises CliError where the cluster does not answer."""
    with ThreadPoolExecutor(2) as pool:
        pods = pool.submit(_listed, kubectl, _pods(workspace), pod_spot)
        nodes = pool.submit(_listed, kubectl, _NODES, node_spot)
    return Sight(pods.result()[0], nodes.result()[0])


class Sighting:
    """Follows a workspace's pods and the nodes from `with` on; `changed` is called by its threads."""

    def __init__(self, kubectl: Kubectl, workspace: str, changed: Callable[[], None]) -> None:
        self._pods = _Follower[PodSpot](kubectl, _pods(workspace), pod_spot, changed)
        self._nodes = _Follower[NodeSpot](kubectl, _NODES, node_spot, changed)

    def __enter__(self) -> Self:
        self._pods.start()
        self._nodes.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pods.stop()
        self._nodes.stop()

    @property
    def sight(self) -> Sight | None:
        """The newest; None until the cluster has answered for both kinds."""
        if not (self._pods.known and self._nodes.known):
            return None
        return Sight(self._pods.found, self._nodes.found)


def _pods(workspace: str) -> str:
    return f"/api/v1/namespaces/{workspace}/pods"


def _listed(
    kubectl: Kubectl, path: str, read: Callable[[Mapping[str, Any]], T]
) -> tuple[dict[str, T] | None, str]:
    """Objects by name and the list's version; None where whoever asks may not list them."""
    try:
        # From the API server's memory, as a kubelet asks: good enough for a look, and cheap for a class.
        body = json.loads(kubectl.run("get", "--raw", f"{path}?resourceVersion=0"))
    except Forbidden:
        return None, ""
    return {one["metadata"]["name"]: read(one) for one in body["items"]}, body["metadata"]["resourceVersion"]


class _Follower(Generic[T]):
    """One kind: list, watch from there, and list again when the watch ends."""

    def __init__(
        self,
        kubectl: Kubectl,
        path: str,
        read: Callable[[Mapping[str, Any]], T],
        changed: Callable[[], None],
    ) -> None:
        self._kubectl, self._path, self._read, self._changed = kubectl, path, read, changed
        self._stop = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self.known = False
        self.found: Mapping[str, T] | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End kubectl; a list that is under way ends by itself."""
        self._stop.set()
        if process := self._process:
            process.kill()
        self._thread.join(0.5)

    def _follow(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stop.is_set():
            watched = False
            # That the cluster is away is told by the lab's own stream.
            with suppress(CliError, ValueError):
                found, version = _listed(self._kubectl, self._path, self._read)
                self._tell(found)
                watched = found is not None and self._watch(dict(found), version)
            pause = _FIRST_PAUSE if watched else min(pause * 2, _LONGEST_PAUSE)
            self._stop.wait(pause)

    def _watch(self, found: dict[str, T], version: str) -> bool:
        """Whether anything came before the watch ended."""
        came = False
        process = self._kubectl.start("get", "--raw", f"{self._path}?watch=1&resourceVersion={version}")
        self._process = process
        with process:
            if self._stop.is_set():
                process.kill()
            for told in process.stdout or ():
                event = json.loads(told)
                if event["type"] == "ERROR":
                    # Its version is too old: list again.
                    process.kill()
                    break
                name = event["object"]["metadata"]["name"]
                if event["type"] == "DELETED":
                    found.pop(name, None)
                else:
                    found[name] = self._read(event["object"])
                came = True
                self._tell(dict(found))
        return came

    def _tell(self, found: Mapping[str, T] | None) -> None:
        if self.known and found == self.found:
            return
        self.found, self.known = found, True
        self._changed()
