"""The containers of a pod with their states, init containers first: what the causes of pods have in common."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status

#: Characters of a message of the kubelet or the scheduler that are told.
MAX_TOLD = 160


@dataclass(frozen=True, slots=True)
class Container:
    """One container: how it is declared, its status, and whether it is an init container."""

    pod: Body
    declared: Body
    status: Body
    init: bool = False

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.declared.get("name") or self.status.get("name") or "")

    @property
    def waiting(self) -> Body:
        """Why it waits; empty when it does not."""
        return self._state("state", "waiting")

    @property
    def running(self) -> bool:
        """Whether it runs now."""
        return "running" in (self.status.get("state") or {})

    @property
    def since(self) -> str:
        """When its present run began (RFC 3339); empty while it does not run."""
        return str(self._state("state", "running").get("startedAt") or "")

    @property
    def ended(self) -> Body:
        """How it ended, now or the last time; empty when it never has."""
        return self._state("state", "terminated") or self._state("lastState", "terminated")

    @property
    def restarts(self) -> int:
        """How often it was started again."""
        return int(self.status.get("restartCount") or 0)

    @property
    def probed(self) -> bool:
        """Whether the kubelet may have ended it for a probe: then its exit code, also 0, is not its own doing."""
        return "livenessProbe" in self.declared or "startupProbe" in self.declared

    @property
    def told(self) -> str:
        """Why it waits, in the kubelet's words."""
        return short(self.message)

    @property
    def message(self) -> str:
        """All that the kubelet says of why it waits; empty when it does not."""
        return str(self.waiting.get("message") or self.waiting.get("reason") or "")

    def _state(self, when: str, which: str) -> Body:
        found: Body = (self.status.get(when) or {}).get(which) or {}
        return found

    def finding(self, reason: str, *, look: str = "", **values: str) -> Finding:
        """A finding about this container."""
        image = str(self.declared.get("image") or "")
        return about(self.pod, reason, look=look, container=self.name, image=image, **values)

    def logs(self, *, previous: bool = False) -> str:
        """The command that shows what it printed; `previous`: the run before this one."""
        metadata = self.pod["metadata"]
        before = " --previous" if previous else ""
        return f"kubectl logs -n {metadata['namespace']} {metadata['name']} -c {self.name}{before}"


def containers(pod: Body) -> Iterator[Container]:
    """All containers of a pod in the order in which they start."""
    for declared, known, init in (
        ("initContainers", "initContainerStatuses", True),
        ("containers", "containerStatuses", False),
    ):
        states = {one.get("name"): one for one in status(pod).get(known) or ()}
        for one in spec(pod).get(declared) or ():
            yield Container(pod, one, states.get(one.get("name")) or {}, init)


def declared_ports(pod: Body) -> Iterator[Body]:
    """The ports that its containers declare, init containers aside."""
    for one in spec(pod).get("containers") or ():
        yield from one.get("ports") or ()


def first_waiting(pod: Body, reasons: frozenset[str]) -> Container | None:
    """The first container that waits for one of these reasons, as the kubelet says them."""
    return next((one for one in containers(pod) if one.waiting.get("reason") in reasons), None)


def short(text: str) -> str:
    """A message of somebody else on one line, not too long, without its full stop."""
    line = " ".join(text.split()).rstrip(". ")
    return line if len(line) <= MAX_TOLD else f"{line[: MAX_TOLD - 1]}…"
