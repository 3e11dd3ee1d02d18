"""What a check asks for besides objects, as values: an HTTP request, or a container's log.

Made by `grade/select.py` from a check's `given`. Checks that ask for the same share one value, and one request.
"""

from dataclasses import dataclass

from tutoriallab.kube.session import path_segment
from tutoriallab.observe.scope import READER
from tutoriallab.observe.selection import LabelSelector, Selection
from tutoriallab.words import probing as words
from tutoriallab.words.sentence import Text

#: Kinds, as `given` calls them.
HTTP, LOG = "Http", "Log"
#: The label by which EndpointSlices belong to their Service.
OF_SERVICE = "kubernetes.io/service-name"
#: Lines of a log that are asked for.
TAIL = 1_000
#: Bytes of a log that are asked for: of those lines the last 64 KiB count, and the API cuts at the other end.
LOG_BYTES = 256 * 1024
#: Characters of a path that a message shows.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Http:
    """A GET of `path` (with its query) from a port of a Service or of a Pod: one of the two names is empty."""

    namespace: str
    port: int
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    service: str = ""
    pod: str = ""

    @property
    def label(self) -> str:
        """As messages name it: `GET http://web:80/`."""
        path = self.path if len(self.path) <= _SHOWN else f"{self.path[: _SHOWN - 1]}…"
        return f"GET http://{self.service or self.pod}:{self.port}{path}"

    @property
    def behind(self) -> tuple[Selection, ...]:
        """The objects that decide whether and where it goes."""
        if self.pod:
            return (the_pod(self.namespace, self.pod),)
        slices = LabelSelector(match_labels=((OF_SERVICE, self.service),))
        return (
            Selection("v1", "Service", self.namespace, name=self.service),
            Selection("discovery.k8s.io/v1", "EndpointSlice", self.namespace, selector=slices),
            Selection("v1", "Pod", self.namespace, terminating=True),
        )

    @property
    def url(self) -> str:
        """Where the API server takes it: nothing that an author writes leads out of the object's proxy path."""
        kind, name = ("services", self.service) if self.service else ("pods", self.pod)
        # In `https:web:80` the first word would be a scheme: but no object that is looked at first has such a name.
        target = f"{path_segment(name)}:{self.port}"
        return f"/api/v1/namespaces/{path_segment(self.namespace)}/{kind}/{target}/proxy{self.path}"


@dataclass(frozen=True, slots=True)
class Log:
    """The newest lines of a container's log; of the Pod's first container where none is named."""

    namespace: str
    pod: str
    container: str = ""

    @property
    def label(self) -> Text:
        """As messages name it: `Log of Pod web`."""
        if self.container:
            return words.LOG_OF_CONTAINER(container=self.container, pod=self.pod)
        return words.LOG_OF_POD(pod=self.pod)

    @property
    def behind(self) -> tuple[Selection, ...]:
        """The object that decides whether there is one."""
        return (the_pod(self.namespace, self.pod),)

    def url(self, container: str, lines: int) -> str:
        """Where the API server has it."""
        return log_url(self.namespace, self.pod, container, lines, LOG_BYTES)


Probe = Http | Log


def reader(namespace: str) -> str:
    """For whom the API server is asked: the workspace's own provisioner, which can ask nowhere else."""
    return READER.format(namespace=namespace)


def where(probe: Probe) -> str:
    """The command that shows what stands behind it."""
    service = isinstance(probe, Http) and probe.service
    kind, name = ("service", service) if service else ("pod", probe.pod)
    return f"kubectl describe {kind} -n {probe.namespace} {name}"


def the_pod(namespace: str, name: str) -> Selection:
    """A Pod by its name, also while it is being deleted."""
    return Selection("v1", "Pod", namespace, name=name, terminating=True)


def log_url(namespace: str, pod: str, container: str, lines: int, most_bytes: int) -> str:
    """Where the API server has the newest lines of a container's log."""
    place = f"/api/v1/namespaces/{path_segment(namespace)}/pods/{path_segment(pod)}/log"
    return f"{place}?container={path_segment(container)}&tailLines={lines}&limitBytes={most_bytes}"
