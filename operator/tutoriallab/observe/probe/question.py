"""What diagnosis asks about an object that is not as it should be: its Events, and what a container said last.

Made by `grade/diagnosis`; asked by the prober as it asks for pages and logs, but no verdict depends on the answer.
"""

from dataclasses import dataclass
from urllib.parse import quote

from tutoriallab.kube.session import path_segment
from tutoriallab.observe.probe.request import Probe, log_url, the_pod
from tutoriallab.observe.selection import Selection

#: Events of one object that are asked for; the API server gives them in no order that says which is the newest.
MOST_EVENTS = 100
#: Lines that a container said last, and their bytes.
LAST_LINES, LAST_BYTES = 5, 16 * 1024


@dataclass(frozen=True, slots=True)
class EventsOf:
    """The Events about one object."""

    namespace: str
    api_version: str
    kind: str
    name: str

    @property
    def label(self) -> str:
        """As messages name it: `Events of Pod web`."""
        return f"Events of {self.kind} {self.name}"

    @property
    def behind(self) -> tuple[Selection, ...]:
        """The object; new Events come when it changes, and sometimes without."""
        return (Selection(self.api_version, self.kind, self.namespace, name=self.name, terminating=True),)

    def url(self, uid: str) -> str:
        """Where the API server has them: those of the object that has this UID, not of an earlier one."""
        place = f"/api/v1/namespaces/{path_segment(self.namespace)}/events"
        return f"{place}?fieldSelector={quote(f'involvedObject.uid={uid}')}&limit={MOST_EVENTS}"


@dataclass(frozen=True, slots=True)
class LastLines:
    """What a container said last, in its present run or, while it waits for the next, in the one before."""

    namespace: str
    pod: str
    container: str

    @property
    def label(self) -> str:
        """As messages name it."""
        return f"Last lines of container {self.container} of Pod {self.pod}"

    @property
    def behind(self) -> tuple[Selection, ...]:
        """The Pod."""
        return (the_pod(self.namespace, self.pod),)

    def url(self) -> str:
        """Where the API server has them."""
        return log_url(self.namespace, self.pod, self.container, LAST_LINES, LAST_BYTES)


Question = EventsOf | LastLines
Asked = Probe | Question
"""All that the prober asks for."""
