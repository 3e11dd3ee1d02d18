"""The report as JUnit XML, as CI systems read it: a testsuite a lab, a testcase a check. Pure; called by `report`."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tutoriallab.cli.report_lab import CheckReport, LabReport, StepReport
from tutoriallab.lab.moment import moment
from tutoriallab.lab.plain import plain

#: What XML 1.0 cannot hold, escaped or not, and `plain` leaves in.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(reports: list[LabReport]) -> str:
    """All reports as one document."""
    root = Element("testsuites", name="tutoriallab")
    for one in reports:
        _suite(root, one)
    _count(root)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, one: LabReport) -> None:
    suite = SubElement(root, "testsuite", name=_xml(f"{one.namespace}/{one.lab}"))
    if one.started_at:
        # The schema of JUnit has no zone and no fractions.
        suite.set("timestamp", _xml(one.started_at[:19]))
    if one.seconds is not None:
        suite.set("time", f"{one.seconds:.3f}")
    for step in one.steps:
        for check in step.checks:
            _case(suite, one, step, check)
    if not one.completed and not one.open_checks:
        # Blocked, being prepared, or changed: all its checks are skipped or passed, and CI would call that a success.
        case = SubElement(suite, "testcase", classname=_xml(f"{one.namespace}.{one.lab}"), name="Completed")
        _end(case, "error", one.phase, one.problem or f"The lab is {one.phase}")
    _count(suite)


def _case(suite: Element, one: LabReport, step: StepReport, check: CheckReport) -> None:
    classname = _xml(f"{one.namespace}.{one.lab}.{step.name}")
    case = SubElement(suite, "testcase", classname=classname, name=_xml(check.name))
    if check.verdict == "Passed":
        case.set("time", f"{_took(step, check):.3f}")
    elif step.state == "Locked":
        SubElement(case, "skipped", message=_xml(f"Step {step.name} is not open yet"))
    else:
        kind = "error" if check.verdict == "Error" else "failure"
        _end(case, kind, check.reason or check.verdict, check.message or f"The check is {check.verdict}")


def _end(case: Element, kind: str, reason: str, message: str) -> None:
    # Some CI systems show the attribute, some the text.
    SubElement(case, kind, type=_xml(reason), message=_xml(message)).text = _xml(message)


def _took(step: StepReport, check: CheckReport) -> float:
    """Seconds from the step's opening until the check passed."""
    opened, passed = moment(step.opened_at), moment(check.since or step.passed_at)
    return 0.0 if opened is None or passed is None else max(passed - opened, 0.0)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(list(suite.iter("testcase")))))
    for plural, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(plural, str(len(list(suite.iter(kind)))))


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", plain(text))
