"""A lab's own status and its Events, in Chinese."""

import asyncio
from typing import Any

from builders import check, lab, spec, step
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.parse import parse, parse_spec
from tutoriallab.lab.state import CheckState, Status, StepProgress
from tutoriallab.observe.scope import Scope
from tutoriallab.run import LabRun, kept
from tutoriallab.status.compose import next_line
from tutoriallab.status.happenings import Happening, happenings
from tutoriallab.status.writer import StatusWriter
from tutoriallab.teller import Teller
from tutoriallab.words import phases


def status(state: Any, verdict: Any, phase: Any = "Active") -> Status:
    checks = [CheckState(name="c", verdict=verdict, message="太少")]
    steps = [StepProgress(name="one", state=state, checks=checks)]
    return Status(phase=phase, steps=steps, score=3, max_score=9)


def events(before: Status, after: Status) -> list[str]:
    return [one.message for one in happenings(before, after, "zh")]


def test_events_are_in_the_labs_language() -> None:
    opened = status("Open", "Failing")
    assert events(Status(), opened) == ["步骤 one 已开放"]
    assert events(opened, status("Open", "Passed")) == ["one/c 已通过"]
    assert events(status("Open", "Passed"), opened) == ["one/c：太少"]
    assert events(opened, status("Passed", "Passed", "Completed")) == [
        "one/c 已通过",
        "步骤 one 已通过；得分 3，满分 9",
        "所有步骤都已通过；得分 3，满分 9",
    ]
    assert events(Status(), Status(nodes={"node1": "w1", "node2": "w2"})) == [
        "实验得到了它的节点：node1 是 w1，node2 是 w2"
    ]


def test_a_finished_lab_says_so_in_its_language() -> None:
    one = parse_spec(spec(step("a", check()), language="zh"))
    assert (
        next_line(one, [StepProgress(name="a", state="Passed")])
        == "所有步骤都已通过。请看总结：kubectl lab status"
    )


def test_a_lab_is_told_in_its_language_also_before_it_is_read() -> None:
    body = lab("demo", language="zh")
    run = LabRun(LabKey("default", "demo", "u"), kept(body))
    assert run.language == "zh"
    run.lab = parse(lab("demo", language="en"))
    assert run.language == "en"
    assert LabRun(run.key, {"metadata": {}, "spec": None}).language == "en"


async def test_phases_conditions_and_events_are_told_in_the_labs_language() -> None:
    written: list[Status] = []
    posted: list[Happening] = []

    async def write(_: LabKey, status: Status) -> None:
        written.append(status)

    run = LabRun(LabKey("default", "demo", "u"), kept(lab("demo", language="zh")))
    writer = StatusWriter(write, lambda _, one: posted.append(one), 1)
    teller = Teller(writer)
    teller.condition(run, "Completed", "False", "StepsOpen", phases.STEPS_OPEN(step="first"))
    teller.block(run, "Why", phases.SEEING(what=Scope("v1", "Secret", "demo").called))
    async with asyncio.timeout(5):
        await teller.written(run)
    (last,) = written[-1:]
    assert [(one.reason, one.message) for one in last.conditions] == [
        ("Why", "正在等待看到命名空间 demo 中的 Secret (v1)"),
        ("StepsOpen", "步骤 first 还没有通过"),
    ]
    assert last.next == "正在等待看到命名空间 demo 中的 Secret (v1)"
    assert [(one.reason, one.message) for one in posted] == [("Blocked", last.next)]
    await writer.close()
