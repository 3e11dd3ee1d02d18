"""The page of a real operator: what comes of changes in the cluster, who is let in, what a viewer changes."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from browser import Browser, Event
from builders import check, lab, step
from operator_process import eventually
from page_operator import with_page
from people import person
from running_cluster import RunningCluster
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration
Json = dict[str, Any]


@dataclass
class Page:
    """An operator with a page."""

    world: World
    port: int
    key_file: Path
    opened: list[Browser] = field(default_factory=list)

    def viewer(self) -> Browser:
        """Somebody who has come in."""
        self.opened.append(Browser(self.port).come_in(self.key_file))
        return self.opened[-1]

    def changes_as(self, kubeconfig: Path) -> None:
        """With these credentials viewers change labs from now on."""
        self.key_file.with_name("viewer").write_bytes(kubeconfig.read_bytes())


@pytest.fixture(scope="module")
def served(running_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    key_file = tmp_path_factory.mktemp("page") / "page.key"
    viewer = str(key_file.with_name("viewer"))
    with with_page(running_world.operator, KEY_FILE=str(key_file), KUBECONFIG=viewer) as port:
        made = Page(running_world, port, key_file)
        made.changes_as(running_world.cluster.kubeconfig)
        running_world.apply(plain(demo()))
        running_world.until_phase("paged", "Active")
        try:
            yield made
        finally:
            for one in made.opened:
                one.close()
            running_world.delete_lab("paged")


@pytest.fixture
def page(served: Page) -> Page:
    if served.world.operator.process is None:
        served.world.operator.start()
    return served


def demo() -> Json:
    pods = {"pods": {"apiVersion": "v1", "kind": "Pod", "selector": {"matchLabels": {"app": "web"}}}}
    asks = check(
        "which", answer={"type": "choice", "choices": ["a", "b"]}, given={}, expect=["answer == 'a'"]
    )
    scaled = check("scaled", expect=["web.spec.replicas == 30"])
    many = check("many", given=pods, expect=["size(pods) == 30"])
    hints = [{"en": "Look"}, {"en": "Look *there*"}]
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]},
    }
    return lab(
        "paged", step("first", scaled, many, asks, hints=hints), provision=[deployment("web", 2), service]
    )


class Seen:
    """What a viewer knows by the events so far."""

    def __init__(self, events: Iterator[Event], before: "Seen | None" = None) -> None:
        self._events = events
        self.taken: list[Event] = []
        self.items: dict[str, Json] = dict(before.items) if before else {}
        self.lab: Json = before.lab if before else {}
        self.until(lambda now: now.taken)

    def until(self, holds: Callable[["Seen"], object]) -> None:
        """Take events until it holds."""
        while not holds(self):
            event = next(self._events)
            self.taken.append(event)
            if event.kind == "base":
                self.items.clear()
            self.lab = event.data.get("lab", self.lab)
            for uid in event.data["gone"]:
                del self.items[uid]
            self.items.update({one["uid"]: one for one in event.data["put"]})

    def until_ready(self, count: int) -> None:
        """Take events until so many pods are there, all of them ready."""
        self.until(lambda now: now.ready(count))

    def all(self, kind: str) -> list[Json]:
        return [one for one in self.items.values() if one["kind"] == kind]

    def pods(self) -> list[Json]:
        """Those that stay: some of an earlier test may be on their way out."""
        return [one for one in self.all("Pod") if not one["deleting"]]

    def ready(self, count: int) -> bool:
        return len(self.pods()) == count and all(one["ready"] for one in self.pods())


def has_hints_left(count: int, seen: Seen) -> bool:
    return bool(seen.lab["steps"][0]["hintsLeft"] == count)


def scale(page: Page, replicas: int) -> None:
    page.world.kubectl("-n", "paged", "scale", "deployment", "web", f"--replicas={replicas}")


def test_the_stream_shows_pods_as_they_come_and_go_where_they_run_and_what_is_behind_a_service(
    page: Page,
) -> None:
    scale(page, 2)
    seen = Seen(page.viewer().stream("default/paged"))
    seen.until_ready(2)
    assert seen.taken[0].kind == "base"

    scale(page, 6)
    seen.until(lambda now: now.ready(6) and len(now.all("Service")[0]["endpoints"]) == 6)

    nodes = {one["name"] for one in seen.all("Node")}
    [owner] = seen.all("ReplicaSet")
    for pod in seen.pods():
        assert pod["node"] in nodes
        assert (pod["owner"], pod["phase"], pod["selectedBy"]) == (owner["uid"], "Running", ["many"])
    assert set(seen.all("Service")[0]["endpoints"]) == {one["uid"] for one in seen.pods()}
    seen.until(lambda now: now.all("Deployment")[0]["available"] == 6)
    [web] = seen.all("Deployment")
    assert (web["desired"], web["available"], web["selectedBy"]) == (6, 6, ["scaled"])
    assert [one["kind"] for one in seen.items.values() if one["kind"] in {"Secret", "ConfigMap"}] == []

    scale(page, 1)
    seen.until_ready(1)


def test_a_verdict_and_what_its_message_names_come_with_the_status(page: Page) -> None:
    scale(page, 2)
    seen = Seen(page.viewer().stream("default/paged"))
    seen.until(lambda now: any("is 2, wanted 30" in one["message"] for one in now.lab["steps"][0]["checks"]))
    seen.until(lambda now: now.all("Deployment")[0]["namedBy"] == ["scaled"])


def test_who_comes_back_after_a_while_gets_only_what_came_meanwhile(page: Page) -> None:
    scale(page, 2)
    viewer = page.viewer()
    seen = Seen(viewer.stream("default/paged"))
    seen.until_ready(2)
    left = seen.taken[-1].number
    scale(page, 4)
    watching = Seen(viewer.stream("default/paged"))
    watching.until_ready(4)

    back = Seen(viewer.stream("default/paged", last=left), seen)
    back.until_ready(4)

    assert {one.kind for one in back.taken} == {"change"}
    assert int(back.taken[0].number) == int(left) + 1


def test_who_comes_back_after_a_restart_of_the_operator_is_still_in_and_gets_a_new_base(page: Page) -> None:
    viewer = page.viewer()
    before = Seen(viewer.stream("default/paged"))
    page.world.operator.kill()
    page.world.operator.start()
    eventually(lambda: viewer.get("/api/labs")[1], "the operator knows the lab again")

    seen = Seen(viewer.stream("default/paged", last=before.taken[-1].number))
    assert seen.taken[0].kind == "base"


def test_a_viewer_who_takes_nothing_holds_up_neither_verdicts_nor_others(page: Page) -> None:
    slow = page.viewer().stream("default/paged")
    next(slow)
    quick = Seen(page.viewer().stream("default/paged"))
    for replicas in (20, 3, 20, 3):
        scale(page, replicas)
        quick.until_ready(replicas)
        page.world.until_verdict("paged", "first/scaled", "Failing", f"is {replicas}, wanted 30")


@pytest.mark.parametrize(
    "path", ["/api/labs", "/api/labs/default/paged/record", "/api/labs/default/paged/stream"]
)
def test_without_the_key_nothing_is_told(page: Page, path: str) -> None:
    assert Browser(page.port).get(path)[0] == 401


def test_another_host_or_origin_is_refused(page: Page) -> None:
    cookie = page.viewer().cookie

    assert Browser(page.port, cookie, host="evil.example").get("/api/labs")[0] == 421
    changes = Browser(page.port, cookie, origin="http://evil.example")
    assert changes.post("/api/labs/default/paged/reset", {})[0] == 403
    assert page.world.status("paged")["phase"] == "Active"


def test_an_object_is_shown_with_its_conditions_and_events(page: Page) -> None:
    viewer = page.viewer()
    scale(page, 2)
    seen = Seen(viewer.stream("default/paged"))
    seen.until_ready(2)

    status, shown = viewer.get(f"/api/labs/default/paged/objects/{seen.pods()[0]['uid']}")

    assert status == 200
    assert "nodeName:" in shown["yaml"]
    assert "managedFields" not in shown["yaml"]
    assert ("Ready", "True") in {(one["type"], one["status"]) for one in shown["conditions"]}
    assert "Scheduled" in {one["reason"] for one in shown["events"]}
    secret = page.world.get("configmap", "kube-root-ca.crt", "paged")["metadata"]["uid"]
    assert viewer.get(f"/api/labs/default/paged/objects/{secret}")[0] == 404


def test_answers_and_hints_are_given_as_the_viewer_and_the_lab_starts_over(page: Page) -> None:
    viewer = page.viewer()
    lab = "/api/labs/default/paged"

    assert viewer.post(f"{lab}/answers", {"check": "which", "answer": "b"}) == (200, {})
    page.world.until_verdict("paged", "first/which", "Failing")
    assert viewer.post(f"{lab}/answers", {"check": "which", "answer": "A"}) == (200, {})
    page.world.until_verdict("paged", "first/which", "Passed")
    assert viewer.post(f"{lab}/answers", {"check": "which", "answer": "c"})[0] == 422

    seen = Seen(viewer.stream("default/paged"))
    for left in (1, 0):
        assert viewer.post(f"{lab}/hints", {"step": "first"}) == (200, {})
        seen.until(partial(has_hints_left, left))
    assert seen.lab["steps"][0]["hints"][1] == {"en": "<p>Look <em>there</em></p>"}
    assert viewer.post(f"{lab}/hints", {"step": "first"})[0] == 409

    begun = time.time()
    assert viewer.post(f"{lab}/reset", {}) == (200, {})
    eventually(lambda: page.world.status("paged").get("handled", {}).get("reset"), "the lab starts over")
    page.world.until_phase("paged", "Active", timeout=90)
    assert time.time() - begun < 90


def test_what_the_viewer_may_not_change_the_operators_rights_do_not_change_either(
    page: Page, cluster: RunningCluster, tmp_path: Path
) -> None:
    nobody = person(cluster, tmp_path, "default", "nobody")
    page.changes_as(nobody.kubeconfig)
    viewer = page.viewer()
    try:
        for path, told in (
            ("answers", {"check": "which", "answer": "b"}),
            ("reset", {}),
            ("restart-step", {}),
        ):
            status, answer = viewer.post(f"/api/labs/default/paged/{path}", told)
            assert status == 403
            assert "nobody" in answer["error"]
    finally:
        page.changes_as(cluster.kubeconfig)


def test_the_labs_are_a_table_that_tells_who_is_stuck(page: Page) -> None:
    scale(page, 2)
    page.world.until_verdict("paged", "first/scaled", "Failing")
    [row] = [one for one in page.viewer().get("/api/labs")[1] if one["name"] == "paged"]

    assert (row["phase"], row["step"], row["progress"]) == ("Active", "first", "0/1")
    assert row["stuckOn"]["check"] in {"scaled", "many"}
    assert 0 < row["stuckOn"]["since"] <= time.time() * 1000
