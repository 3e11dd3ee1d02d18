"""A container's probe in a few words, as the YAML has it: what the kubelet does, not whether it succeeds."""

from tutoriallab.grade.diagnosis.containers import Container, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body
from tutoriallab.grade.diagnosis.said import by_the_container

#: Why the kubelet says that a probe has failed.
_UNHEALTHY = frozenset({"Unhealthy"})


def probe_failed(one: Container, evidence: Evidence, which: str) -> str:
    """How the probe (Liveness, Readiness, Startup) has failed the last time; empty where nobody says so.

    In an earlier run that counts only as long as there is no new one: the cause may have been mended.
    """
    begins = f"{which} probe failed: "
    return short(by_the_container(one.pod, evidence, _UNHEALTHY, begins, one.since).removeprefix(begins))


def probe_in_words(probe: Body) -> str:
    """For example `httpGet /hello on port 80`."""
    if get := probe.get("httpGet"):
        return f"httpGet {get.get('path') or '/'} on port {get.get('port')}"
    if socket := probe.get("tcpSocket"):
        return f"tcpSocket on port {socket.get('port')}"
    if grpc := probe.get("grpc"):
        return f"grpc on port {grpc.get('port')}"
    command = " ".join(str(part) for part in (probe.get("exec") or {}).get("command") or ())
    return f"exec {short(command)}"
