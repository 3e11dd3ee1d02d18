"""Gaps in watching as the examiner tells them; the rules themselves are tested in grade/."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from builders import Json, Objects, check, deployment, lab, step
from tutoriallab.counters import Counters
from tutoriallab.examiner import Examiner
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.gap import Gap
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import CheckState, Status, StepProgress
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.observer import Observer
from tutoriallab.observe.probe.outcome import Heard, Outcome
from tutoriallab.observe.probe.prober import Prober
from tutoriallab.observe.probe.question import Asked
from tutoriallab.observe.probe.sight import Clear
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import Selection
from tutoriallab.run import LabRun
from tutoriallab.settings import Settings
from tutoriallab.status.compose import steps_of
from tutoriallab.status.writer import StatusWriter
from tutoriallab.teller import Teller
from tutoriallab.words.sentence import as_is
from unit.observe.probe.world import endpoint, service, serving, slices
from unit.observe.scripted import until

PAGE: Json = {"page": {"kind": "Http", "service": "web", "port": 80}}
DEPLOYMENTS = Scope("apps/v1", "Deployment")
LOST = Gap(1_000.0, 1_009.0, exact=True, cause=as_is("the connection was lost"))


def page(status: int, body: str = "") -> Outcome:
    return Heard({"status": status, "body": body, "headers": {}})


class Eyes:
    """An observer that sees the objects of a test's small world."""

    def __init__(self, *bodies: Json) -> None:
        self.objects = Objects(*bodies)
        self.listed = True

    def subscribe(self, lab: str, selections: Sequence[Selection]) -> None:
        pass

    def unsubscribe(self, lab: str) -> None:
        pass

    def synced(self, lab: str) -> bool:
        return self.listed

    def waiting_for(self, lab: str) -> list[str]:
        return []

    def select(self, selection: Selection) -> list[Observed]:
        return self.objects.select(selection)


class Desk:
    """An examiner and one lab, whose check must hold throughout until another passes."""

    def __init__(self, *, status: Status | None = None, body: Json | None = None) -> None:
        self.eyes = Eyes(deployment())
        self.written: list[Status] = []
        self.passed: list[LabRun] = []

        async def write(_: LabKey, told: Status) -> None:
            self.written.append(told)

        self.writer = StatusWriter(write, lambda *_: None, 1)
        self.outcome: Outcome = page(500)
        self.asked = 0
        self.prober = Prober(self._ask, self.eyes.select, self._answered)
        self.examiner = Examiner(
            cast("Observer", self.eyes),
            self.prober,
            Teller(self.writer),
            Settings(),
            self.passed.append,
            Counters(),
        )
        body = body or lab("demo", step("a", check("all", when="Throughout"), check("end", expect=["false"])))
        self.run = LabRun(LabKey("default", "demo", "u"), body, status or Status())
        self.run.record(workspace="demo", steps=steps_of(self.run.read().spec, self.run.status.steps))

    async def _ask(self, probe: Asked, clear: Clear) -> Outcome:
        self.asked += 1
        return self.outcome

    def _answered(self, lab: str, probes: Sequence[Asked]) -> None:
        self.examiner.answered(self.run, probes)

    def begin(self) -> None:
        self.examiner.begin(self.run, compile_step(self.run.spec, 0), None)

    @property
    def check(self) -> CheckState:
        return self.run.progress("a").checks[0]


def open_since(armed_at: str, **changes: Any) -> Status:
    armed = CheckState(name="all", verdict="Waiting", reason="HoldsSoFar", armed_at=armed_at)
    progress = StepProgress(name="a", state="Open", opened_at=armed_at, checks=[armed], **changes)
    return Status(phase="Active", steps=[progress])


async def test_a_lost_watch_is_told_by_the_checks_that_depend_on_it() -> None:
    desk = Desk()
    desk.begin()
    desk.examiner.missed(desk.run, Scope("v1", "Pod"), LOST)
    assert desk.check.reason == "HoldsSoFar"
    desk.examiner.missed(desk.run, DEPLOYMENTS, LOST)
    assert desk.check.reason == "NotWatched"
    assert "from 00:16:40 to 00:16:49 UTC (the connection was lost)" in desk.check.message


async def test_a_step_that_goes_on_after_a_restart_was_not_watched() -> None:
    desk = Desk(status=open_since("2026-01-01T12:00:01Z"))
    desk.begin()
    assert desk.check.reason == "NotWatched"
    assert desk.check.message.startswith("Not watched for some time between 2026-01-01 12:00:01 and ")


async def test_who_stops_writes_until_when_it_watched_and_who_goes_on_says_so() -> None:
    first = Desk()
    first.begin()
    first.examiner.stopping(first.run)
    await first.writer.finish(5)
    (*_, last) = first.written
    assert last.steps[0].watched_until
    second = Desk(status=last)
    second.begin()
    assert second.check.message.startswith("Not watched from ")
    assert second.run.progress("a").watched_until == ""


async def test_a_lab_that_is_read_again_while_it_is_watched_has_no_gap() -> None:
    desk = Desk()
    desk.begin()
    desk.begin()
    assert desk.check.reason == "HoldsSoFar"


async def test_a_lab_whose_changes_were_not_seen_while_more_was_listed_tells_it() -> None:
    desk = Desk()
    desk.begin()
    desk.eyes.listed = False
    desk.begin()
    desk.begin()
    desk.eyes.listed = True
    desk.examiner.synced(desk.run)
    assert "(the lab was changed)" in desk.check.message


async def test_a_lab_that_could_not_be_graded_for_a_while_tells_it() -> None:
    desk = Desk()
    desk.begin()
    desk.examiner.end(desk.run)
    desk.begin()
    assert desk.check.message.startswith("Not watched from ")


async def test_a_doubt_is_decided_by_time_when_nothing_changes() -> None:
    desk = Desk()
    pods = {"pods": {"apiVersion": "v1", "kind": "Pod"}, **check()["given"]}
    both = check("all", when="Throughout", given=pods, grace="50ms")
    body = lab("demo", step("a", both, check("end", expect=["false"])))
    desk.run.lab, desk.run.body = None, body
    desk.run.read()
    desk.begin()
    desk.eyes.objects = Objects(deployment(replicas=2))
    desk.examiner.changed(
        desk.run, [Selection("apps/v1", "Deployment", "demo", name="web", terminating=True)]
    )
    assert desk.check.reason == "HoldsSoFar"
    for _ in range(200):
        await asyncio.sleep(0.02)
        if desk.check.reason == "Violated":
            break
    assert desk.check.reason == "Violated"
    desk.run.cancel_timers()


def asking(*more: Json) -> Json:
    return lab("demo", step("a", check("page", given=PAGE, expect=["page.status == 200"]), *more))


def behind(revision: int = 1) -> tuple[Json, ...]:
    return (service(), slices(endpoint()), serving(revision=revision), deployment())


def pod_changed(desk: Desk, revision: int) -> None:
    desk.eyes.objects = Objects(*behind(revision))
    desk.examiner.changed(desk.run, [Selection("v1", "Pod", "demo", terminating=True)])


async def test_a_step_whose_check_asks_for_a_page_passes_when_the_page_is_right() -> None:
    desk = Desk(body=asking())
    desk.eyes.objects = Objects(*behind())
    desk.begin()
    assert (desk.check.verdict, desk.check.reason) == ("Waiting", "Asking")
    assert desk.check.message == "GET http://web:80/ is being asked"
    await until(lambda: desk.check.verdict == "Failing")
    assert desk.check.message == "GET http://web:80/: status is 500, wanted 200"
    desk.outcome = page(200)
    pod_changed(desk, revision=2)
    await until(lambda: desk.passed == [desk.run])
    assert desk.run.progress("a").state == "Passed"
    asked = desk.asked
    pod_changed(desk, revision=3)
    await asyncio.sleep(0.15)
    assert desk.asked == asked, "a step that has passed asks for nothing"
    await desk.prober.close()


async def test_a_page_from_before_a_change_lets_no_step_pass() -> None:
    """The Service's Pods change in the very event that makes the other check true."""
    desk = Desk(body=asking(check("more", expect=["web.spec.replicas == 5"])))
    desk.outcome = page(200)
    desk.eyes.objects = Objects(*behind())
    desk.begin()
    await until(lambda: desk.check.verdict == "Passed")
    desk.outcome = page(502)
    desk.eyes.objects = Objects(*behind(revision=2)[:3], deployment(replicas=5))
    selected = [one for one in desk.run.open.selections if one.kind != "Service"] if desk.run.open else []
    desk.examiner.changed(desk.run, selected)
    assert desk.passed == []
    await until(lambda: desk.check.verdict == "Failing")
    assert desk.run.progress("a").checks[1].verdict == "Passed"
    assert desk.passed == []
    desk.examiner.end(desk.run)
    await desk.prober.close()


async def test_an_old_answer_lets_no_step_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees a file change in a container: what passed seconds ago is asked once more."""
    monkeypatch.setattr("tutoriallab.observe.probe.prober.FRESH", 0.05)
    for now, passes in ((page(404), False), (page(200), True)):
        desk = Desk(body=asking(check("more", expect=["web.spec.replicas == 5"])))
        desk.outcome = page(200)
        desk.eyes.objects = Objects(*behind())
        desk.begin()
        await until(lambda desk=desk: desk.check.verdict == "Passed")  # type: ignore[misc]
        await asyncio.sleep(0.1)
        desk.outcome = now
        desk.eyes.objects = Objects(*behind()[:3], deployment(replicas=5))
        web = Selection("apps/v1", "Deployment", "demo", name="web", terminating=True)
        desk.examiner.changed(desk.run, [web])
        assert desk.passed == []
        await until(lambda desk=desk: desk.asked == 2)  # type: ignore[misc]
        await asyncio.sleep(0.02)
        assert bool(desk.passed) is passes
        desk.examiner.end(desk.run)
        await desk.prober.close()


async def test_a_step_that_is_not_open_asks_for_nothing() -> None:
    desk = Desk(body=asking())
    desk.eyes.objects = Objects(*behind())
    desk.eyes.listed = False
    desk.begin()
    await asyncio.sleep(0.05)
    assert desk.asked == 0
    desk.eyes.listed = True
    desk.examiner.synced(desk.run)
    await until(lambda: desk.asked == 1)
    desk.examiner.end(desk.run)
    await asyncio.sleep(0.05)
    assert desk.asked == 1
    await desk.prober.close()
