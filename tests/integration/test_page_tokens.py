"""The page for many, alone as the chart has it: two viewers with different rights, by tokens of a real control plane."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from browser import Browser
from builders import Json, check, lab, step
from operator_process import eventually
from page_operator import class_at_page
from people import Person, person, role_binding, token_of
from running_cluster import RunningCluster
from samples import deployment, plain
from tutoriallab.kube.credentials import from_kubeconfig
from tutoriallab.kube.session import Session
from world import World

pytestmark = pytest.mark.integration
ASKS = check("which", answer={}, given={}, expect=["answer == 'a'"])


@dataclass
class Class:
    """A page beside an operator, and two learners of two namespaces, each with a lab called `exam`."""

    world: World
    port: int
    berta: Person
    carl: Person

    def signed_in(self, who: Person) -> Browser:
        return Browser(self.port).sign_in({"token": token_of(who)})


@pytest.fixture(scope="module")
def school(
    running_world: World, cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Class]:
    names = {name: f"class-{name}" for name in ("berta", "carl")}
    folder = tmp_path_factory.mktemp("class")
    with class_at_page(running_world, cluster, folder, names, exam) as (port, learners):
        yield Class(running_world, port, *learners)


def exam(who: Person) -> Json:
    """Somebody's lab, with a question and a Deployment."""
    body = lab("exam", step("first", check(), ASKS), namespace=who.namespace, provision=[deployment("web")])
    return plain(body)


def is_there(ask: Callable[[], tuple[int, object]]) -> bool:
    return ask()[0] == 200


def drawn(viewer: Browser, who: Person, kind: str) -> str:
    """The UID of the first object of this kind that comes to the page of their lab."""
    stream = viewer.stream(f"{who.namespace}/exam")
    try:
        return next(str(one["uid"]) for event in stream for one in event.data["put"] if one["kind"] == kind)
    finally:
        viewer.close()


def test_each_viewer_sees_the_labs_that_their_token_may_get_and_no_other(school: Class) -> None:
    for mine, other in ((school.berta, school.carl), (school.carl, school.berta)):
        viewer = school.signed_in(mine)

        assert viewer.get("/api/me")[1]["name"] == f"system:serviceaccount:{mine.namespace}:{mine.name}"
        assert viewer.get("/api/me")[1]["mode"] == "token"
        assert [row["namespace"] for row in viewer.get("/api/labs")[1]] == [mine.namespace]
        record = partial(viewer.get, f"/api/labs/{mine.namespace}/exam/record")
        eventually(partial(is_there, record), "the record is there")
        uid, node = drawn(viewer, mine, "Deployment"), drawn(viewer, mine, "Node")
        for route in ("record", "stream", f"objects/{uid}"):
            refused = viewer.get(f"/api/labs/{other.namespace}/exam/{route}")
            missing = viewer.get(f"/api/labs/{other.namespace}/none/{route}")
            assert refused[0] == missing[0] == 404
            assert refused[1]["error"].replace("exam", "none") == missing[1]["error"]
        assert "kind: Deployment" in viewer.get(f"/api/labs/{mine.namespace}/exam/objects/{uid}")[1]["yaml"]
        # A learner without leased nodes cannot read nodes with kubectl either.
        assert viewer.get(f"/api/labs/{mine.namespace}/exam/objects/{node}")[0] == 403
        # Another lab's object is not shown by way of one's own.
        another = school.signed_in(other)
        hidden = drawn(another, other, "Deployment")
        assert viewer.get(f"/api/labs/{mine.namespace}/exam/objects/{hidden}")[0] == 404


def test_what_a_viewer_changes_is_changed_with_their_token(school: Class) -> None:
    berta = school.signed_in(school.berta)

    assert berta.post("/api/labs/class-berta/exam/answers", {"check": "which", "answer": "a"}) == (200, {})
    eventually(
        lambda: school.world.checks("exam", "class-berta").get("first/which", ("",))[0] == "Passed",
        "it passed",
    )
    for route, told in (
        ("answers", {"check": "which", "answer": "a"}),
        ("reset", {}),
        ("hints", {"step": "first"}),
    ):
        assert berta.post(f"/api/labs/class-carl/exam/{route}", told)[0] == 404
    assert "answers" not in school.world.get("lab", "exam", "class-carl")["spec"]


def test_whose_right_is_taken_back_sees_nothing_more_within_seconds(
    school: Class, cluster: RunningCluster, tmp_path: Path
) -> None:
    guest = person(cluster, tmp_path, "class-carl", "guest")
    school.world.apply(role_binding("guests", "tutoriallab-learner", "class-carl", guest.subject))
    eventually(lambda: guest.may("get", "tutoriallabs.tutoriallab.dev", "class-carl"), "the guest may look")
    viewer = school.signed_in(guest)
    stream = viewer.stream("class-carl/exam", timeout=40)
    next(stream)

    school.world.kubectl("delete", "rolebinding", "guests", "-n", "class-carl")

    eventually(lambda: viewer.get("/api/labs")[1] == [], "the guest sees no lab", timeout=20)
    begun = time.monotonic()
    assert [one.kind for one in stream if one.kind == "gone"] == []
    assert time.monotonic() - begun < 40
    viewer.close()


@pytest.mark.parametrize(
    "told", [{}, {"token": ""}, {"token": "nonsense"}, {"token": "x y"}, {"token": 1}, {"key": "1"}]
)
def test_what_is_no_token_of_the_cluster_lets_nobody_in(school: Class, told: dict[str, object]) -> None:
    status, answer = Browser(school.port).post("/api/session", told)

    assert (status, answer["mode"]) == (401, "token")
    assert "kubectl create token" in answer["error"]


def test_a_token_that_has_run_out_lets_nobody_in(school: Class) -> None:
    shown = token_of(school.berta)
    head, payload, _ = shown.split(".")

    assert Browser(school.port).post("/api/session", {"token": f"{head}.{payload}.{'A' * 342}"})[0] == 401


async def test_a_viewers_credentials_have_nothing_of_the_operators_not_even_its_certificate(
    school: Class, cluster: RunningCluster
) -> None:
    # The administrator's kubeconfig has a client certificate, which would count before any token.
    administrator = await from_kubeconfig(str(cluster.kubeconfig))
    async with Session(administrator.of(token_of(school.carl))) as session:
        review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
        answer = await session.request(
            "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", body=review
        )

    assert answer["status"]["userInfo"]["username"] == "system:serviceaccount:class-carl:carl"
