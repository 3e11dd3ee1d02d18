"""JUnit XML that CI systems take: every state of a lab, and texts that XML cannot hold."""

from xml.etree.ElementTree import Element, fromstring

from builders import Json, check, step
from pages import check_state, progress, seen, status
from tutoriallab.cli.report_junit import as_junit
from tutoriallab.cli.report_lab import report
from tutoriallab.status.seen import Seen

STEPS = (step("first"), step("second", check("a"), check("b"), check("c")), step("third"))


def document(*labs: Seen) -> Element:
    return fromstring(as_junit([report(one) for one in labs]).encode())  # noqa: S314 - our own


def suite(told: Json) -> Element:
    found = document(seen(*STEPS, told=told)).find("testsuite")
    assert found is not None
    return found


def counts(one: Element) -> tuple[int, ...]:
    return tuple(int(one.attrib[name]) for name in ("tests", "failures", "errors", "skipped"))


def test_passed_failing_broken_and_locked_checks_are_told_apart() -> None:
    passed = {**check_state("a", "Passed"), "since": "2026-01-01T00:00:05.250Z"}
    second = {
        **progress("second", "Open", passed, check_state("b", "Failing", "no"), check_state("c", "Error")),
        "openedAt": "2026-01-01T00:00:03Z",
    }

    told = suite(status(progress("first", "Passed"), second, progress("third", "Locked")))

    assert told.attrib["name"] == "default/demo"
    assert told.attrib["timestamp"] == "2026-01-01T00:00:00"
    assert counts(told) == (5, 1, 1, 1)
    cases = {f"{one.attrib['classname']}.{one.attrib['name']}": one for one in told.iter("testcase")}
    assert len(cases["default.demo.first.there"]) == 0
    assert cases["default.demo.second.a"].attrib["time"] == "2.250"
    failure = cases["default.demo.second.b"].find("failure")
    assert failure is not None
    assert (failure.attrib, failure.text) == ({"type": "Any", "message": "no"}, "no")
    assert cases["default.demo.second.c"].find("error") is not None
    assert cases["default.demo.third.there"].find("skipped") is not None


def test_the_document_counts_all_labs() -> None:
    one = seen(*STEPS, told=status(progress("first", "Open", check_state())))

    assert counts(document(one, one)) == (10, 2, 0, 8)


def test_a_completed_lab_has_no_failure() -> None:
    told = status(*(progress(name, "Passed") for name in ("first", "second", "third")), phase="Completed")

    assert counts(suite(told)) == (5, 0, 0, 0)


def test_a_lab_that_is_blocked_before_any_step_opens_is_no_success() -> None:
    condition = {"type": "Accepted", "status": "False", "reason": "Any", "lastTransitionTime": ""}

    told = suite(status(phase="Blocked", conditions=[{**condition, "message": "no node is free"}]))

    assert counts(told) == (6, 0, 1, 5)
    error = told.find("testcase[@name='Completed']/error")
    assert error is not None
    assert error.attrib == {"type": "Blocked", "message": "no node is free"}


def test_a_lab_that_is_still_being_prepared_is_no_success() -> None:
    assert counts(suite(status(phase="Preparing"))) == (6, 0, 1, 5)


def test_messages_with_what_xml_cannot_hold_make_a_document_all_the_same() -> None:
    bad = "a\x00\x01\x0b\x1b[2J\x85\ud800\ufffe<b>&\"'\n]]>乙"

    told = suite(status(progress("first", "Open", check_state("there", "Failing", bad))))

    failure = told.find("testcase/failure")
    assert failure is not None
    assert failure.text == "a[2J\ufffd\ufffd<b>&\"' ]]>乙"
