import pytest

from builders import Json, Objects, check, deployment, pod, spec, step
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.judge import Court
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState, StepProgress
from tutoriallab.observe.probe.due import Urge
from tutoriallab.observe.probe.outcome import Heard
from tutoriallab.observe.probe.question import EventsOf
from tutoriallab.observe.selection import Selection

WEB = Selection("apps/v1", "Deployment", "demo", name="web", terminating=True)
PODS = Selection("v1", "Pod", "demo")
PODS_GIVEN = {"pods": {"apiVersion": "v1", "kind": "Pod"}}


def opened(*checks: Json, home: str = "") -> OpenStep:
    compiled = compile_step(parse_spec(spec(step("a", *checks))), 0)
    return OpenStep(compiled, Scope("demo", {}), {"workspace": "demo"}, home)


def court(*objects: Json, now: float = 0.0) -> Court:
    return Court(Objects(*objects).select, Scope("demo", {}), {}, now)


def test_each_selection_is_watched_once_and_leads_to_its_checks() -> None:
    one = opened(check("a"), check("b"), check("c", given=PODS_GIVEN, expect=["size(pods) == 1"]))
    assert set(one.selections) == {WEB, PODS}
    assert one.touching([PODS]) == [2]
    assert one.touching([WEB]) == [0, 1]


def test_only_the_checks_that_a_change_concerns_are_judged_again() -> None:
    one = opened(check("a"), check("c", given=PODS_GIVEN, expect=["size(pods) == 1"]))
    one.judge(court(deployment()))
    assert one.evaluations == 2
    assert one.judge(court(deployment(), pod()), one.touching([PODS]))
    assert one.evaluations == 3
    assert one.passed


def test_a_judgement_that_says_the_same_is_no_change() -> None:
    one = opened(check())
    assert one.judge(court(deployment(replicas=2)))
    assert not one.judge(court(deployment(replicas=2)))
    assert one.judge(court(deployment(replicas=4)))


def test_what_was_remembered_and_what_was_ever_true_survive_a_restart() -> None:
    uid = check("uid", remember={"uid": "web.metadata.uid"}, expect=["web.metadata.uid == remembered.uid"])
    one = opened(uid, check("ever", when="Ever"), check("now"))
    one.recall(
        StepProgress(
            name="a",
            state="Open",
            checks=[
                CheckState(name="uid", verdict="Failing", remembered={"uid": "older"}),
                CheckState(name="ever", verdict="Passed"),
                CheckState(name="now", verdict="Passed"),
            ],
        ),
        now=100,
    )
    one.remember(court(deployment()))
    one.judge(court(deployment(replicas=1)))
    assert [judgement.verdict for judgement in one.judgements] == ["Failing", "Passed", "Failing"]


def test_what_is_remembered_is_what_stood_when_the_step_opened() -> None:
    one = opened(check("n", remember={"n": "web.spec.replicas"}, expect=["web.spec.replicas > remembered.n"]))
    one.remember(court(deployment(replicas=3)))
    one.judge(court(deployment(replicas=3)))
    assert not one.passed
    one.judge(court(deployment(replicas=4)))
    assert one.passed


def test_a_check_that_must_hold_asks_to_be_woken() -> None:
    one = opened(check("a", holdsFor="10s"), check("b", holdsFor="5s"))
    one.judge(court(deployment(), now=100))
    assert one.wake_at == 105
    assert one.due(105) == [1]


def test_checks_that_a_changed_lab_leaves_alone_keep_their_memory() -> None:
    before = opened(check("a", holdsFor="10s"), check("b", holdsFor="10s"))
    before.judge(court(deployment(), now=100))
    after = opened(check("a", holdsFor="10s"), check("b", holdsFor="9s"))
    after.take_over(before)
    after.judge(court(deployment(), now=105))
    assert [judgement.wake_at for judgement in after.judgements] == [110, 114]


def test_a_status_that_does_not_catch_up_is_told_when_patience_ends() -> None:
    one = opened(check())
    one.judge(court(deployment(generation=2), now=100))
    assert one.stale_until(100.1, 0.25) == 100.25
    assert one.stale_until(100.3, 0.25) is None


def test_what_was_true_throughout_until_the_restart_was_not_watched_since() -> None:
    one = opened(check("all", when="Throughout"), check("now"))
    armed = CheckState(name="all", verdict="Waiting", armed_at="1970-01-01T00:00:10Z")
    one.recall(StepProgress(name="a", state="Open", checks=[armed]), now=100)
    one.judge(court(deployment(), now=100))
    assert [judgement.reason for judgement in one.judgements] == ["NotWatched", "Met"]


def test_a_step_that_is_not_open_yet_has_missed_nothing() -> None:
    one = opened(check("ever", when="Ever"))
    one.recall(StepProgress(name="a", state="Locked"), now=100)
    one.judge(court(deployment(replicas=1)))
    assert "not watched" not in one.judgements[0].told("en")


def test_a_check_that_was_changed_forgets_what_was_seen_of_the_former() -> None:
    def throughout(expect: str) -> OpenStep:
        return opened(check("all", when="Throughout", expect=[expect]), check("never", expect=["false"]))

    before, after = throughout("web.spec.replicas >= 3"), throughout("web.spec.replicas >= 2")
    before.judge(court(deployment(replicas=3)))
    before.judge(court(deployment(replicas=2)))
    violated = CheckState(name="all", verdict="Failing", reason="Violated", armed_at="1970-01-01T00:00:10Z")
    after.recall(StepProgress(name="a", state="Open", checks=[violated]), now=100)
    after.take_over(before)
    after.judge(court(deployment(replicas=2)))
    assert after.judgements[0].reason == "HoldsSoFar"


def test_what_was_blind_while_more_was_listed_was_not_watched() -> None:
    one = opened(check("all", when="Throughout"), check("never", expect=["false"]))
    one.judge(court(deployment()))
    one.sees(now=5)
    one.judge(court(deployment()))
    assert one.judgements[0].reason == "HoldsSoFar"
    one.blind_since = 10
    one.sees(now=12)
    one.judge(court(deployment()))
    assert "from 00:00:10 to 00:00:12 UTC (the lab was changed)" in one.judgements[0].told("en")


def test_only_checks_over_time_keep_watch() -> None:
    now, ever, throughout = (
        opened(check()),
        opened(check(when="Ever")),
        opened(check("t", when="Throughout"), check()),
    )
    assert (now.keeps_watch, ever.keeps_watch, throughout.keeps_watch) == (False, True, False)
    for one in (now, ever, throughout):
        one.judge(court(deployment()))
    assert (now.keeps_watch, ever.keeps_watch, throughout.keeps_watch) == (False, False, True)
    throughout.judge(court(deployment(replicas=1)))
    assert not throughout.keeps_watch


PAGE: Json = {"page": {"kind": "Http", "service": "web", "port": 80}}


def heard(status: int) -> Heard:
    return Heard({"status": status, "body": "", "headers": {}})


def judged(one: OpenStep, status: int, now: float = 0) -> OpenStep:
    one.judge(Court(Objects(deployment()).select, Scope("demo", {}), {}, now, lambda _: heard(status)))
    return one


def test_what_stands_behind_a_page_is_watched_and_touches_no_check_by_itself() -> None:
    one = opened(check("page", given=PAGE, expect=["page.status == 200"]), check("web"))
    kinds = [selection.kind for selection in one.selections]
    assert kinds == ["Service", "EndpointSlice", "Pod", "Deployment"]
    assert [one.touching([selection]) for selection in one.selections] == [[], [], [], [1]]
    (page,) = one.urges()
    assert one.touching([page]) == [0]


@pytest.mark.parametrize(
    ("changes", "status", "urge"),
    [
        ({}, 500, Urge.SEEK),
        ({}, 200, Urge.CONFIRM),
        ({"holdsFor": "10s"}, 200, Urge.HOLD),
        ({"holdsFor": "10s"}, 500, Urge.SEEK),
        ({"when": "Ever"}, 500, Urge.SEEK),
        ({"when": "Ever"}, 200, None),
    ],
)
def test_how_much_a_check_needs_its_page(changes: Json, status: int, urge: Urge | None) -> None:
    one = judged(opened(check(given=PAGE, expect=["page.status == 200"], **changes)), status)
    assert list(one.urges().values()) == ([urge] if urge else [])


def test_of_checks_that_share_a_page_the_most_urgent_counts() -> None:
    seen = check("a", given=PAGE, expect=["page.status == 200"])
    wanted = check("b", given=PAGE, expect=["page.status == 404"])
    for checks in ((seen, wanted), (wanted, seen)):
        assert list(judged(opened(*checks), 200).urges().values()) == [Urge.SEEK]


def test_a_step_that_asks_for_no_page_has_no_urge() -> None:
    assert judged(opened(check()), 200).urges() == {}


def test_what_is_remembered_does_not_wait_for_a_page() -> None:
    given = {**PAGE, **check()["given"]}
    one = opened(
        check(
            "n",
            given=given,
            remember={"n": "web.spec.replicas"},
            expect=["page.status == 200 && remembered.n == 3"],
        )
    )
    one.remember(court(deployment(replicas=3)))
    assert judged(one, 200).passed


def broken_pod() -> Json:
    one = pod(ready=False)
    one["status"]["containerStatuses"] = [
        {"name": "web", "state": {"waiting": {"reason": "InvalidImageName"}}}
    ]
    return one


READY = check("ready", given=PODS_GIVEN, expect=["pods.all(p, ready(p))"])


def test_a_check_that_fails_by_the_state_of_its_objects_has_a_finding() -> None:
    one = opened(READY, check("replicas", expect=["web.spec.replicas == 5"]))
    live = court(deployment(), broken_pod())
    one.judge(live)

    findings, questions = one.findings(live.select)
    assert [found and found.reason for found in findings] == ["InvalidImageName", None]
    assert questions == []


def test_what_is_to_go_need_not_be_in_order() -> None:
    one = opened(check("gone", given=PODS_GIVEN, expect=["size(pods) == 0"]))
    live = court(broken_pod())
    one.judge(live)

    assert one.judgements[0].told("en").startswith("size of pods (Pods selected) is 1, wanted 0")
    assert one.findings(live.select) == ([None], [])


def test_what_a_check_does_not_find_may_have_been_made_where_the_lab_stands() -> None:
    one = opened(check("web", expect=["web.spec.replicas == 3"]), home="default")
    live = court(deployment(namespace="default"))
    one.judge(live)

    (found,), _ = one.findings(live.select)
    assert found
    assert (found.reason, found.subject, found.values["namespace"]) == (
        "MadeElsewhere",
        "Deployment web",
        "default",
    )


def test_an_object_of_another_step_is_not_taken_for_a_mistake() -> None:
    lab = spec(
        step("a", check("b", given={"web": {"apiVersion": "v1", "kind": "Pod", "name": "target-b"}})),
        step(
            "b", check("c", given={"web": {"apiVersion": "v1", "kind": "Pod", "name": "target-${workspace}"}})
        ),
        provision=[{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "target-c"}, "spec": {}}],
    )
    one = OpenStep(compile_step(parse_spec(lab), 0), Scope("demo", {}), {"workspace": "demo"})

    def told(*names: str) -> str:
        live = court(*map(pod, names))
        one.judge(live)
        (found,), _ = one.findings(live.select)
        return found.subject if found else ""

    assert told("target-demo", "target-c") == ""
    assert told("target-demo", "target-c", "targt-b") == "Pod targt-b"


def test_a_pod_that_is_not_ready_is_asked_about_and_the_answer_is_told() -> None:
    one = opened(READY)
    probe = {"httpGet": {"path": "/", "port": 80}}
    unready = pod("web-1", ready=False)
    unready["spec"]["containers"][0]["readinessProbe"] = probe
    unready["status"]["containerStatuses"] = [{"name": "web", "state": {"running": {}}, "ready": False}]
    live = court(unready)
    one.judge(live)

    (before,), questions = one.findings(live.select)
    assert before
    assert before.values["told"] == ""
    assert questions == [EventsOf("demo", "v1", "Pod", "web-1")]
    events = [
        {"reason": "Unhealthy", "message": "Readiness probe failed: HTTP probe failed with statuscode: 404"}
    ]
    (found,), _ = one.findings(live.select, lambda _: Heard({"events": events}))
    assert found
    assert found.values["told"] == "HTTP probe failed with statuscode: 404"


def test_while_a_question_is_open_nothing_is_found_that_may_be_its_answer() -> None:
    asked = check("why", answer={}, expect=["answer == pods[0].status.phase"], given=PODS_GIVEN)
    one = opened(READY, asked)
    live = court(broken_pod())
    one.judge(live)

    assert not one.wonders
    assert one.findings(live.select) == ([None, None], [])


def test_what_stands_behind_a_deployment_is_watched_besides() -> None:
    assert set(opened(check()).watched) == {
        WEB,
        PODS,
        Selection("apps/v1", "ReplicaSet", "demo"),
        Selection("v1", "PersistentVolumeClaim", "demo"),
        Selection("v1", "PersistentVolume"),
        Selection("storage.k8s.io/v1", "StorageClass"),
        Selection("v1", "Node"),
    }
