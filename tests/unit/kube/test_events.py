from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.kube.events import Event, event_manifest


def lab(**metadata: Any) -> dict[str, Any]:
    return {"apiVersion": "tutoriallab.dev/v1alpha1", "kind": "TutorialLab", "metadata": metadata}


def test_an_event_names_its_object_and_its_time() -> None:
    about = lab(name="web", namespace="class", uid="1-2", resourceVersion="7", labels={"a": "b"})
    event = event_manifest(about, Event("Warning", "CheckFailing", "no pods", at=0.9))
    assert event["metadata"] == {"generateName": "web.", "namespace": "class"}
    assert event["involvedObject"] == {
        "apiVersion": "tutoriallab.dev/v1alpha1",
        "kind": "TutorialLab",
        "name": "web",
        "namespace": "class",
        "uid": "1-2",
        "resourceVersion": "7",
    }
    assert event["firstTimestamp"] == event["lastTimestamp"] == "1970-01-01T00:00:00Z"
    assert (event["type"], event["reason"], event["message"]) == ("Warning", "CheckFailing", "no pods")


def test_an_event_on_a_cluster_scoped_object_stands_in_default() -> None:
    assert event_manifest(lab(name="n"), Event("Normal", "A", "b", 0))["metadata"]["namespace"] == "default"


@given(st.text(max_size=3000))
def test_no_message_is_longer_than_the_api_server_takes(message: str) -> None:
    written = event_manifest(lab(name="x"), Event("Normal", "A", message, 0))["message"]
    assert len(written.encode(errors="surrogatepass")) <= 1024
    assert written == message or written.endswith("…")
