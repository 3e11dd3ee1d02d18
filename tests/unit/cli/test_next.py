"""What a learner has begun, by the labs that stand on the cluster."""

from tutoriallab.cli.tracks import Track, learner_of
from tutoriallab.status.seen import Seen, read

KNOWN = [Track("basics", {}, ["a"]), Track("pods", {}, ["b"])]


def lab(name: str, started: str = "", phase: str = "Active", *, deleting: bool = False) -> Seen:
    metadata = {"name": name, "namespace": "default"}
    if deleting:
        metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    return read({"metadata": metadata, "spec": {}, "status": {"startedAt": started, "phase": phase}})


def test_labs_come_in_the_order_in_which_they_were_started() -> None:
    labs = [lab("b", "2026-01-01T10:00:00Z", "Completed"), lab("a", "2026-01-01T09:00:00Z")]

    learner = learner_of(labs, KNOWN)

    assert list(learner.begun) == ["a", "b"]
    assert learner.done == {"b"}


def test_one_that_waits_to_be_started_is_the_newest() -> None:
    assert learner_of([lab("a", ""), lab("b", "2026-01-01T10:00:00Z")], KNOWN).open == "a"


def test_labs_that_go_and_labs_of_others_do_not_count() -> None:
    labs = [lab("a", "2026-01-01T10:00:00Z", deleting=True), lab("mine", "2026-01-01T11:00:00Z")]

    assert learner_of(labs, KNOWN).begun == []
