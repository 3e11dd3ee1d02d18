"""When requests are sent, and when they are not. The pace is short; what answers is a script."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from builders import Json, Objects
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.probe.due import Rhythm, Urge
from tutoriallab.observe.probe.outcome import Heard, Outcome, Refused, Silent, Troubled
from tutoriallab.observe.probe.prober import LEAST, Pace, Prober
from tutoriallab.observe.probe.question import Asked, EventsOf
from tutoriallab.observe.probe.request import Http
from tutoriallab.observe.probe.sight import Clear
from tutoriallab.observe.selection import Selection
from tutoriallab.words import probing as words
from tutoriallab.words.sentence import as_is
from unit.observe.probe.world import LOG, PAGE, endpoint, service, serving, slices

SOON = Pace(Rhythm(first=0.02, most=0.08, hold=0.03), at_once=3, per_lab=2)
NEVER = Pace(Rhythm(first=60, most=60, hold=60), at_once=3, per_lab=2)
OK = Heard({"status": 200, "body": "ok", "headers": {}})


@dataclass
class Desk:
    """A prober whose requests are answered by `answer`, once the gate is open."""

    pace: Pace = NEVER
    answer: Callable[[], Outcome] = lambda: OK
    objects: Objects = field(default_factory=lambda: Objects(service(), slices(endpoint()), serving()))
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    told: list[tuple[str, Outcome | None]] = field(default_factory=list)
    sent: list[Asked] = field(default_factory=list)
    open: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        self.gate.set()
        self.prober = Prober(self._ask, self._select, self._told, self.pace)

    def _select(self, selection: Selection) -> list[Observed]:
        return self.objects.select(selection)

    async def _ask(self, probe: Asked, clear: Clear) -> Outcome:
        self.sent.append(probe)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            await self.gate.wait()
            return self.answer()
        finally:
            self.open -= 1

    def _told(self, lab: str, probes: list[Asked]) -> None:
        self.told.extend((lab, self.prober.outcome(lab, one)) for one in probes)

    def now(self, *bodies: Json) -> list[Asked]:
        """The cluster is like this now."""
        self.objects = Objects(*bodies)
        return self.prober.changed("lab")


@asynccontextmanager
async def desk(**how: Any) -> AsyncIterator[Desk]:
    made = Desk(**how)
    try:
        yield made
    finally:
        await made.prober.close()
        assert made.open == 0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for is no event of ours
            await asyncio.sleep(0.002)


async def test_what_is_wanted_is_asked_at_once_and_told_once() -> None:
    async with desk() as one:
        one.prober.want("lab", {PAGE: Urge.SEEK})
        assert one.prober.outcome("lab", PAGE) is None
        await until(lambda: one.told == [("lab", OK)])
        assert one.sent == [PAGE]


async def test_nothing_is_asked_when_nothing_is_wanted() -> None:
    async with desk(pace=SOON) as one:
        one.prober.want("lab", {})
        assert one.prober.changed("lab") == []
        await asyncio.sleep(0.1)
        assert one.sent == []


async def test_the_same_answer_is_not_told_again_and_another_is() -> None:
    answers = [OK, OK, Silent(as_is("no"))]
    async with desk(pace=SOON, answer=lambda: answers.pop(0) if answers else Silent(as_is("no"))) as one:
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: len(one.sent) > 5)
        assert one.told == [("lab", OK), ("lab", Silent(as_is("no")))]


async def test_pauses_grow_while_a_check_waits() -> None:
    at: list[float] = []

    def answer() -> Outcome:
        at.append(asyncio.get_running_loop().time())
        return OK

    async with desk(pace=Pace(Rhythm(first=0.05, most=0.4)), answer=answer) as one:
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: len(at) == 5)
    pauses = [later - sooner for sooner, later in itertools.pairwise(at)]
    for pause, least in zip(pauses, (0.045, 0.09, 0.18, 0.36), strict=True):
        assert pause >= least


async def test_a_change_behind_a_probe_makes_its_answer_unknown_and_asks_again() -> None:
    async with desk() as one:
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 1)
        one.gate.clear()
        assert one.now(service(), slices(endpoint()), serving(revision=2)) == [PAGE]
        assert one.prober.outcome("lab", PAGE) is None
        one.gate.set()
        await until(lambda: one.prober.outcome("lab", PAGE) == OK)
        assert one.told == [("lab", OK), ("lab", OK)]


async def test_a_change_of_something_else_does_nothing() -> None:
    async with desk() as one:
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 1)
        other = serving("other", "192.0.2.9", revision=3)
        assert one.now(service(), slices(endpoint()), serving(), other) == []
        assert one.prober.changed("lab", LOG.behind) == []
        assert one.prober.outcome("lab", PAGE) == OK


async def test_an_answer_from_before_a_change_does_not_count() -> None:
    answers = [Heard({"status": 1}), Heard({"status": 2})]
    async with desk(answer=lambda: answers[1]) as one:
        one.gate.clear()
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: one.open == 1)
        one.now(service(revision=2), slices(endpoint()), serving())
        await until(lambda: len(one.sent) == 2)
        one.gate.set()
        await until(lambda: one.told == [("lab", answers[1])])
        assert one.open == 0


async def test_however_fast_things_change_requests_keep_their_distance() -> None:
    async with desk() as one:
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: len(one.told) == 1)
        begun = asyncio.get_running_loop().time()
        for revision in range(2, 42):
            one.now(service(), slices(endpoint()), serving(revision=revision))
            await asyncio.sleep(0.005)
        took = asyncio.get_running_loop().time() - begun
        assert len(one.sent) <= 2 + took / LEAST
        await until(lambda: one.prober.outcome("lab", PAGE) == OK)


async def test_what_needs_no_request_is_told_without_one_and_not_polled() -> None:
    async with desk(pace=SOON) as one:
        one.objects = Objects(slices(endpoint()), serving())
        one.prober.want("lab", {PAGE: Urge.SEEK})
        missing = Silent(words.MISSING(object="Service web", namespace="demo"), missing=True)
        await until(lambda: one.told == [("lab", missing)])
        await asyncio.sleep(0.1)
        assert one.sent == []
        one.now(service(), slices(endpoint()), serving())
        await until(lambda: one.prober.outcome("lab", PAGE) == OK)


async def test_what_leads_astray_is_never_asked() -> None:
    async with desk(pace=SOON) as one:
        foreign = {"addresses": ["10.0.0.1"]}
        one.objects = Objects(service(), slices(foreign), serving())
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: isinstance(one.prober.outcome("lab", PAGE), Refused))
        await asyncio.sleep(0.1)
        assert one.sent == []


async def test_objects_that_do_not_go_together_yet_get_a_moment() -> None:
    async with desk() as one:
        one.objects = Objects(service(), slices(endpoint(ip="192.0.2.8")), serving())
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await asyncio.sleep(0.1)
        assert one.told == []
        one.now(service(), slices(endpoint(ip="192.0.2.8")), serving(ip="192.0.2.8", revision=2))
        await until(lambda: one.told == [("lab", OK)])


async def test_objects_that_stay_so_are_told() -> None:
    async with desk() as one:
        one.objects = Objects(service(), slices(endpoint(ip="192.0.2.8")), serving())
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: isinstance(one.prober.outcome("lab", PAGE), Refused))
        assert one.prober.changed("lab") == []
        assert one.sent == []
        one.now(service(), slices(endpoint()), serving())
        await until(lambda: one.prober.outcome("lab", PAGE) == OK)


async def test_who_is_forgotten_is_not_asked_any_more_not_even_just_now() -> None:
    async with desk(pace=SOON) as one:
        one.gate.clear()
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: one.open == 1)
        one.prober.forget("lab")
        await until(lambda: one.open == 0)
        one.gate.set()
        await asyncio.sleep(0.1)
        assert len(one.sent) == 1
        assert one.told == []
        assert one.prober.outcome("lab", PAGE) is None


async def test_a_probe_that_no_check_needs_any_more_ends_and_others_go_on() -> None:
    other = Http("demo", 80, "/other", service="web")
    async with desk(pace=SOON) as one:
        one.prober.want("lab", {PAGE: Urge.SEEK, other: Urge.SEEK})
        await until(lambda: {PAGE, other} <= set(one.sent))
        one.prober.want("lab", {other: Urge.SEEK})
        before = one.sent.count(PAGE)
        await until(lambda: one.sent.count(other) > 3)
        assert one.sent.count(PAGE) == before


async def test_who_may_forget_a_lab_from_within_an_answer() -> None:
    async with desk(pace=SOON) as one:
        told: list[str] = []

        def stop(lab: str, probes: list[Asked]) -> None:
            told.append(lab)
            one.prober.forget(lab)

        one.prober = Prober(one._ask, one._select, stop, SOON)
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: told == ["lab"])
        await asyncio.sleep(0.1)
        assert len(one.sent) == 1


async def test_so_many_at_once_and_no_more() -> None:
    async with desk(pace=SOON) as one:
        one.gate.clear()
        pages = [Http("demo", 80, f"/{i}", service="web") for i in range(4)]
        for lab in ("a", "b", "c"):
            one.prober.want(lab, dict.fromkeys(pages, Urge.SEEK))
        await asyncio.sleep(0.05)
        assert one.open == 3
        one.gate.set()
        await until(lambda: len(one.told) == 12)
        assert one.most == 3


async def test_one_lab_does_not_take_the_place_of_others() -> None:
    async with desk(pace=SOON) as one:
        one.gate.clear()
        one.prober.want("greedy", {Http("demo", 80, f"/{i}", service="web"): Urge.SEEK for i in range(9)})
        await until(lambda: one.open == 2)
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: PAGE in one.sent)


async def test_a_fault_of_ours_is_logged_told_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    faults = [RuntimeError("broken")]

    def answer() -> Outcome:
        if faults:
            raise faults.pop()
        return OK

    async with desk(pace=SOON, answer=answer) as one:
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 2)
        assert isinstance(one.told[0][1], Troubled)
        assert one.told[1] == ("lab", OK)
    assert "GET http://web:80/: the operator has a fault" in caplog.text


async def test_a_step_passes_on_fresh_answers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutoriallab.observe.probe.prober.FRESH", 0.4)
    async with desk() as one:
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 1)
        assert one.prober.fresh("lab")
        await asyncio.sleep(0.5)
        assert not one.prober.fresh("lab")
        assert not one.prober.fresh("lab")
        await until(lambda: len(one.told) == 2)
        assert len(one.sent) == 2
        assert one.prober.fresh("lab")
        assert one.prober.fresh("another")


async def test_what_is_known_without_a_request_is_always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutoriallab.observe.probe.prober.FRESH", 0.0)
    async with desk() as one:
        one.objects = Objects(service(), serving())
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 1)
        assert one.prober.fresh("lab")


async def test_who_gets_impatient_is_asked_for_sooner() -> None:
    async with desk(pace=Pace(Rhythm(first=0.02, most=60))) as one:
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        await until(lambda: len(one.told) == 1)
        await asyncio.sleep(0.05)
        assert len(one.sent) == 1
        one.prober.want("lab", {PAGE: Urge.SEEK})
        await until(lambda: len(one.sent) >= 3)
        one.prober.want("lab", {PAGE: Urge.CONFIRM})
        sent = len(one.sent)
        await asyncio.sleep(0.15)
        assert len(one.sent) <= sent + 1


EVENTS = EventsOf("demo", "v1", "Pod", "web-1")
WONDERING = Pace(Rhythm(first=0.05, most=0.08, seldom=60), at_once=3, per_lab=2)


async def test_what_is_only_wondered_about_is_asked_after_a_moment_and_then_ever_more_seldom() -> None:
    async with desk(pace=WONDERING) as one:
        began = asyncio.get_running_loop().time()
        one.prober.want("lab", {EVENTS: Urge.WONDER})
        await until(lambda: one.told == [("lab", OK)])
        assert asyncio.get_running_loop().time() - began >= 0.05
        await asyncio.sleep(0.6)
        assert len(one.sent) <= 5
        assert one.told == [("lab", OK)]


async def test_what_is_over_before_that_moment_is_not_asked() -> None:
    async with desk(pace=WONDERING) as one:
        one.prober.want("lab", {EVENTS: Urge.WONDER})
        await asyncio.sleep(0.02)
        one.prober.want("lab", {})
        await asyncio.sleep(0.1)
        assert one.sent == []


async def test_an_answer_about_an_object_is_told_until_the_next_and_dies_with_the_object() -> None:
    async with desk(pace=WONDERING) as one:
        one.prober.want("lab", {EVENTS: Urge.WONDER})
        await until(lambda: one.told == [("lab", OK)])
        asked = len(one.sent)
        assert one.now(serving(revision=2)) == []
        assert one.prober.outcome("lab", EVENTS) == OK
        await until(lambda: len(one.sent) > asked)
        again = serving(revision=3)
        again["metadata"]["uid"] = "another"
        assert one.now(again) == [EVENTS]
        assert one.prober.outcome("lab", EVENTS) is None


async def test_a_step_does_not_wait_for_what_is_only_wondered_about() -> None:
    async with desk(pace=WONDERING) as one:
        one.gate.clear()
        one.prober.want("lab", {EVENTS: Urge.WONDER})
        await until(lambda: one.open == 1)
        assert one.prober.fresh("lab")
