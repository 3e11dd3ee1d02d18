from typing import Any

import pytest

from builders import check, lab, step
from tutoriallab.grade.judge import Answered
from tutoriallab.lab.annotations import RESET
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.parse import parse
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.lab.state import Status
from tutoriallab.run import LabRun, digest, kept, signature


def run(status: Status | None = None, **answers: str) -> LabRun:
    body = lab("demo", answers=answers)
    return LabRun(LabKey("default", "demo", "u"), body, status or Status(workspace="demo"), parse(body))


def test_white_space_around_an_answer_is_forgiven() -> None:
    assert run(ip=" 10.0.0.1\n").answers() == {"ip": Answered("10.0.0.1")}


def test_an_answer_from_before_a_reset_is_stale_until_it_changes() -> None:
    status = Status(stale_answers={"ip": digest("old")})
    assert run(status, ip="old").answers()["ip"].stale
    assert not run(status, ip="new").answers()["ip"].stale


def test_an_answer_that_was_taken_back_after_a_reset_counts_when_it_is_given_again() -> None:
    again = run(Status(stale_answers={"ip": digest("old")}))
    again.forget_changed_answers()
    assert again.status.stale_answers == {}


def test_a_digest_does_not_tell_the_answer() -> None:
    assert "secret" not in digest("secret")


@pytest.mark.parametrize(
    ("change", "acts"),
    [
        ({"generation": 2}, True),
        ({"annotations": {RESET: "1"}}, True),
        ({"deletionTimestamp": "now"}, True),
        ({"annotations": {"tutoriallab.dev/hints": "a=1"}}, False),
        ({"resourceVersion": "9"}, False),
    ],
)
def test_the_engine_acts_on_what_people_change_and_not_on_its_own_writes(
    change: dict[str, Any], acts: bool
) -> None:
    before, after = lab("demo"), lab("demo", step("first"))
    after["metadata"].update(change)
    assert (signature(before) != signature(after)) is acts


def test_a_lab_is_read_once_and_its_json_let_go_of() -> None:
    body = lab("demo", step("first"))
    one = LabRun(LabKey("default", "demo", "u"), body)
    first = one.read()
    assert "spec" not in one.body
    assert one.read() is first


def test_a_lab_whose_expressions_do_not_compile_is_not_read() -> None:
    one = LabRun(LabKey("default", "demo", "u"), lab("demo", step("first", check(expect=["web."]))))
    with pytest.raises(InvalidLab, match=r"spec.steps\[0\].checks\[0\].expect\[0\]"):
        one.read()
    assert one.lab is None


def test_of_an_object_only_what_the_engine_reads_is_kept() -> None:
    body = lab("demo", step("first"))
    body["metadata"] |= {"managedFields": [{}], "annotations": {"note": "x", RESET: "1"}}
    found = kept({**body, "status": {"phase": "Active"}})
    assert set(found) <= {"apiVersion", "kind", "metadata", "spec"}
    assert found["metadata"]["annotations"] == {RESET: "1"}
    assert "managedFields" not in found["metadata"]


def test_recorded_progress_is_found_by_name() -> None:
    assert run().progress("nowhere").state == "Locked"
