from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import Json, Objects, check, deployment, pod, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judge import Court
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import StepProgress
from tutoriallab.status.compose import check_states
from tutoriallab.words import grading
from tutoriallab.words.sentence import as_is

START_OVER = str(grading.START_OVER())
NOON = 1_780_000_000.0 - 1_780_000_000.0 % 86_400 + 12 * 3_600
#: Objects of one kind: false counts at once.
ENOUGH = check("enough", when="Throughout", expect=["web.status.availableReplicas >= 2"])
#: Objects of two kinds: false counts after the grace.
MATCHED: Json = {
    **check("matched", when="Throughout", expect=["size(pods) == web.spec.replicas"]),
    "given": {**check()["given"], "pods": {"apiVersion": "v1", "kind": "Pod"}},
}
UPDATED = check("updated", expect=["web.metadata.labels['v'] == '2'"])


def opened(*checks: Json) -> OpenStep:
    compiled = compile_step(parse_spec(spec(step("a", *checks, UPDATED))), 0)
    return OpenStep(compiled, Scope("demo", {}), {"workspace": "demo"})


def web(available: int = 3, version: str = "1", **changes: Any) -> Json:
    status = {"observedGeneration": 1, "availableReplicas": available}
    return deployment(status=status, labels={"v": version}, **changes)


def at(one: OpenStep, after: float, *objects: Json) -> Judgement:
    """The first check, judged so many seconds after noon."""
    one.judge(Court(Objects(*objects).select, Scope("demo", {}), {}, NOON + after))
    return one.judgements[0]


def told(judgement: Judgement) -> tuple[str, str, str]:
    return judgement.verdict, judgement.reason, judgement.told("en")


def test_it_is_failing_until_it_is_armed() -> None:
    one = opened(ENOUGH)
    assert told(at(one, 0, web(1))) == (
        "Failing",
        reasons.NOT_MET,
        "Deployment web: status.availableReplicas is 1, wanted at least 2",
    )
    assert at(one, 1, web(1)).verdict == "Failing"
    assert told(at(one, 2, web(2))) == (
        "Waiting",
        reasons.HOLDS_SO_FAR,
        "True since 12:00:02 UTC; it must stay so until the step's other checks pass",
    )


def test_it_passes_with_the_others_and_not_before() -> None:
    one = opened(ENOUGH)
    assert at(one, 0, web()).verdict == "Waiting"
    assert at(one, 1, web(version="2")).verdict == "Passed"
    assert one.passed


def test_it_waits_again_when_the_others_do_not_pass_any_more() -> None:
    one = opened(ENOUGH, check("late", when="Throughout", expect=["web.status.availableReplicas == 9"]))
    assert at(one, 0, web(version="2")).verdict == "Passed"
    assert at(one, 1, web(version="1")).verdict == "Waiting"
    assert not one.passed


def test_a_violation_tells_its_time_and_what_was_seen_and_stays() -> None:
    one = opened(ENOUGH)
    at(one, 0, web())
    violated = ("Failing", reasons.VIOLATED)
    message = (
        f"At 12:00:05 UTC: Deployment web: status.availableReplicas is 1, wanted at least 2. {START_OVER}"
    )
    assert told(at(one, 5, web(1))) == (*violated, message)
    assert told(at(one, 6, web(3, version="2"))) == (*violated, message)
    assert not one.passed


def test_an_object_that_goes_away_is_a_violation() -> None:
    one = opened(ENOUGH)
    at(one, 0, web())
    assert "Deployment web does not exist" in at(one, 5).told("en")


def test_a_status_of_an_older_spec_keeps_the_last_value() -> None:
    one = opened(ENOUGH)
    at(one, 0, web())
    assert at(one, 1, web(0, generation=2)).verdict == "Waiting"
    assert at(one, 2, web(0)).reason == reasons.VIOLATED


def test_a_status_of_an_older_spec_does_not_arm() -> None:
    assert at(opened(ENOUGH), 0, web(generation=2)).reason == reasons.STALE_STATUS


def test_what_reads_no_status_does_not_wait_for_a_controller() -> None:
    one = opened(check("three", when="Throughout"))
    at(one, 0, deployment(replicas=3))
    assert at(one, 1, deployment(replicas=2, generation=2)).reason == reasons.VIOLATED


def test_of_several_kinds_false_counts_after_its_grace() -> None:
    one = opened(MATCHED)
    assert at(one, 0, deployment(replicas=1), pod()).verdict == "Waiting"
    doubtful = at(one, 5, deployment(replicas=1))
    assert (doubtful.verdict, doubtful.wake_at) == ("Waiting", NOON + 5.5)
    assert at(one, 5.4, deployment(replicas=1)).verdict == "Waiting"
    violated = at(one, 5.5, deployment(replicas=1))
    assert (violated.verdict, violated.reason) == ("Failing", reasons.VIOLATED)
    assert violated.told("en").startswith("At 12:00:05 UTC: ")


def test_false_that_is_over_within_its_grace_does_not_count() -> None:
    one = opened(MATCHED)
    at(one, 0, deployment(replicas=1), pod())
    at(one, 5, deployment(replicas=1))
    assert at(one, 5.4, deployment(replicas=1), pod()).wake_at is None
    assert at(one, 5.6, deployment(replicas=1)).wake_at == NOON + 6.1


def test_what_is_in_doubt_does_not_pass() -> None:
    one = opened(MATCHED)
    at(one, 0, deployment(replicas=1), pod())
    assert at(one, 5, deployment(replicas=1, labels={"v": "2"})).verdict == "Waiting"
    assert not one.passed
    at(one, 5.1, deployment(replicas=1, labels={"v": "2"}), pod())
    assert one.passed


def test_a_stated_grace_counts_where_several_kinds_are_selected_and_only_there() -> None:
    one = opened({**MATCHED, "grace": "2s"})
    at(one, 0, deployment(replicas=1), pod())
    assert at(one, 5, deployment(replicas=1)).wake_at == NOON + 7
    one = opened({**ENOUGH, "grace": "2s"})
    at(one, 0, web())
    assert at(one, 5, web(1)).reason == reasons.VIOLATED


def test_owners_are_kinds_of_their_own_whose_watches_arrive_apart() -> None:
    owner = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    pods = {"pods": {"apiVersion": "v1", "kind": "Pod", "ownedBy": owner}}
    one = opened(check("one", when="Throughout", given=pods, expect=["size(pods) == 1"]))
    at(one, 0, web(), pod(ownerReferences=[{**owner, "uid": "uid-of-web"}]))
    assert at(one, 5, web()).wake_at == NOON + 5.5


def test_a_doubt_outlives_a_stale_status_and_asks_to_be_looked_at_again() -> None:
    one = opened({**MATCHED, "expect": ["size(pods) == web.status.availableReplicas"]})
    at(one, 0, web(1), pod())
    at(one, 5, web(1))
    stale = at(one, 6, web(1, generation=2))
    assert (stale.verdict, stale.wake_at) == ("Waiting", NOON + 6.5)
    assert at(one, 7, web(1)).told("en").startswith("At 12:00:05 UTC: ")


def test_a_gap_while_armed_is_told_and_asks_to_start_over() -> None:
    one = opened(ENOUGH)
    at(one, 0, web())
    one.missed(Gap(NOON + 1, NOON + 9, exact=True, cause=as_is("the connection was lost")))
    assert told(at(one, 9, web(version="2"))) == (
        "Failing",
        reasons.NOT_WATCHED,
        "Not watched from 12:00:01 to 12:00:09 UTC (the connection was lost): "
        f"whether it held is not known. {START_OVER}",
    )


def test_a_gap_before_it_is_armed_is_nothing() -> None:
    one = opened(ENOUGH)
    one.missed(Gap(NOON, NOON + 1, exact=True, cause=as_is("x")))
    assert at(one, 2, web()).verdict == "Waiting"


def test_a_gap_does_not_hide_a_violation() -> None:
    one = opened(ENOUGH)
    at(one, 0, web())
    at(one, 1, web(0))
    one.missed(Gap(NOON + 2, NOON + 3, exact=True, cause=as_is("x")))
    assert at(one, 4, web()).reason == reasons.VIOLATED


# Any order of events, with kill -9 at any moment ------------------------------------------------------------------


class Life:
    """A step graded by one operator after another; `written` is what the last write of a status left behind."""

    def __init__(self) -> None:
        self.now = NOON
        self.available = 3
        self.written = StepProgress(name="a", state="Locked")
        self.progress = self.written
        self.one = opened(ENOUGH)
        self.armed = self.seen_false = self.restarted_armed = False

    def judge(self) -> None:
        was = self.progress
        self.one.judge(Court(Objects(web(self.available)).select, Scope("demo", {}), {}, self.now))
        states = check_states(self.one, was.checks, self.now, 0.25, "en")
        opened_at = was.opened_at or rfc3339(self.now)
        self.progress = StepProgress(name="a", state="Open", opened_at=opened_at, checks=states)
        if self.available >= 2:
            self.armed = True
        elif self.armed and not self.restarted_armed:
            self.seen_false = True

    def write(self) -> None:
        self.written = msgspec.convert(msgspec.to_builtins(self.progress), StepProgress)

    def kill(self) -> None:
        """What was not written is not known any more, also not to the oracle."""
        recorded = {state.name: state for state in self.written.checks}.get("enough")
        self.armed = recorded is not None and bool(recorded.armed_at)
        self.seen_false = recorded is not None and recorded.reason == reasons.VIOLATED
        self.restarted_armed = self.armed and not self.seen_false
        self.one = opened(ENOUGH)
        self.progress = self.written
        self.one.recall(self.written, self.now)
        self.judge()


EVENTS = st.lists(st.sampled_from(["up", "down", "touch", "write", "kill"]), max_size=30)


@given(EVENTS)
def test_a_violation_once_seen_is_never_lost_and_none_is_invented(events: list[str]) -> None:
    life = Life()
    life.judge()
    for event in events:
        life.now += 1
        match event:
            case "up" | "down":
                life.available = 3 if event == "up" else 1
                life.judge()
            case "touch":
                life.judge()
            case "write":
                life.write()
            case _:
                life.kill()
        found = life.one.judgements[0]
        assert (found.reason == reasons.VIOLATED) == life.seen_false, (event, found)
        assert (found.reason == reasons.NOT_WATCHED) == life.restarted_armed, (event, found)
        assert found.verdict != "Passed"


#: Pauses in 1/1024 s, which floats add up exactly: at the very end of a grace, rounding must not decide.
PAUSES = st.integers(min_value=10, max_value=2_048).map(lambda parts: parts / 1_024)
FLICKERS = st.lists(st.tuples(PAUSES, st.booleans()), min_size=1, max_size=30)


@given(FLICKERS)
def test_false_counts_if_and_only_if_it_lasts_for_its_grace(flickers: list[tuple[float, bool]]) -> None:
    """Every change is judged as it comes, and every doubt when its time runs out, as the engine does."""
    one, now, doubt, violated = opened(MATCHED), 0.0, None, False
    at(one, now, deployment(replicas=1), pod())
    for pause, true in flickers:
        wake = one.judgements[0].wake_at
        if wake is not None and wake - NOON <= now + pause:
            at(one, wake - NOON, deployment(replicas=1))
            violated = True
        now += pause
        at(one, now, deployment(replicas=1), *([pod()] if true else []))
        doubt = None if true else (now if doubt is None else doubt)
        assert (one.judgements[0].reason == reasons.VIOLATED) == violated
        if doubt is not None and not violated:
            assert one.judgements[0].wake_at == pytest.approx(NOON + doubt + 0.5)
