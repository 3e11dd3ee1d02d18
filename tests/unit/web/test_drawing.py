"""What is drawn of a lab, with what the open step speaks of marked, is up to date after each change."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from builders import Json, Objects, check, deployment, observed, pod, step
from pages import check_state, progress, seen, status
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Selection, matches
from tutoriallab.observe.shelf import Change, Shelves
from tutoriallab.status.seen import Seen
from tutoriallab.web.drawing import Drawing
from tutoriallab.web.item import Item

PODS = {"pods": {"apiVersion": "v1", "kind": "Pod", "selector": {"matchLabels": {"app": "web"}}}}
WORLD = (
    deployment("web"),
    pod("web-1", labels={"app": "web"}),
    pod("web-12", labels={"app": "web"}),
    pod("other", labels={}),
)


def marks(*steps: Json, told: Json) -> dict[str, tuple[list[str], list[str]]]:
    put, _ = Drawing(Objects(*WORLD).select, {}).take(seen(*steps, told=told))
    return {one["name"]: (one["selectedBy"], one["namedBy"]) for one in put}


def test_what_checks_of_the_open_step_select_is_lit() -> None:
    found = marks(
        step("first", check("there"), check("run", given=PODS)), told=status(progress("first", "Open"))
    )

    assert found == {
        "web": (["there"], []),
        "web-1": (["run"], []),
        "web-12": (["run"], []),
        "other": ([], []),
    }


def test_what_the_message_of_a_failing_check_names_by_kind_and_name_is_marked() -> None:
    message = "Deployment web: wanted 3, seen 2, as Pod web-1 has no node: kubectl describe pod web-12"
    told = status(progress("first", "Open", check_state("there", "Failing", message)))
    found = marks(step("first", check("there")), told=told)

    assert {name: named for name, (_, named) in found.items()} == {
        "web": ["there"],
        "web-1": ["there"],
        "web-12": [],
        "other": [],
    }


def test_a_check_that_passed_marks_nothing() -> None:
    told = status(progress("first", "Open", check_state("there", "Passed", "Pod web-1 is there")))

    assert marks(step("first", check("there")), told=told)["web-1"] == ([], [])


def test_without_an_open_step_nothing_is_lit() -> None:
    told = status(progress("first", "Passed", check_state("there", "Failing", "Pod web-1")))

    assert set(map(str, marks(step("first", check("there")), told=told).values())) == {"([], [])"}


class Shelved:
    """A small cluster that changes; all objects stand in namespace demo but nodes."""

    def __init__(self) -> None:
        self._shelves = Shelves()
        self._version = 0

    def select(self, selection: Selection) -> Sequence[Observed]:
        """As the observer does."""
        shelf = self._shelves.of((selection.api_version, selection.kind))
        there = sorted(shelf.in_namespace(selection.namespace or ""), key=lambda one: one.name)
        return [one for one in there if matches(selection, one, self._shelves.find)]

    def put(self, body: Json) -> Change:
        """An object as it is now; of one that is there the UID stays."""
        self._version += 1
        kind, metadata = (body["apiVersion"], body["kind"]), body["metadata"]
        shelf = self._shelves.of(kind)
        known = shelf.get(metadata.get("namespace", ""), metadata["name"])
        uid = known.uid if known else f"{metadata['name']}-{self._version}"
        metadata |= {"uid": uid, "resourceVersion": str(self._version)}
        for reference in metadata.get("ownerReferences", ()):
            above = self._shelves.find(
                reference["apiVersion"], reference["kind"], metadata["namespace"], reference["name"]
            )
            reference["uid"] = above.uid if above else "nobody"
        return shelf.put(observed(body))

    def take(self, kind: tuple[str, str], name: str) -> Change | None:
        """An object is gone."""
        return self._shelves.of(kind).take("" if kind[1] == "Node" else "demo", name)


class Followed:
    """A drawing that is told of each change, and what whoever reads it has."""

    def __init__(self, world: Shelved) -> None:
        self.world = world
        self._drawing = Drawing(world.select, {})
        self.items: dict[str, Item] = {}
        self.put: list[str] = []

    def then(self, lab: Seen, *changes: Change | None) -> "Followed":
        for change in filter(None, changes):
            self._drawing.note(change)
        put, gone = self._drawing.take(lab)
        self.put = [one["name"] for one in put]
        for uid in gone:
            del self.items[uid]
        self.items |= {one["uid"]: one for one in put}
        return self

    def by_name(self, name: str) -> Item:
        return next(one for one in self.items.values() if one["name"] == name)


def owned(kind: str, name: str, owner: tuple[str, str] | None = None, **more: object) -> Json:
    by = [{"apiVersion": "apps/v1", "kind": owner[0], "name": owner[1], "uid": ""}] if owner else []
    metadata = {"name": name, "namespace": "demo", "ownerReferences": by, "labels": more.pop("labels", {})}
    group = "v1" if kind in {"Pod", "Service"} else "apps/v1"
    return {"apiVersion": group, "kind": kind, "metadata": metadata, **more}


def slice_of(service: str, pod_uid: str) -> Json:
    made = owned("EndpointSlice", f"{service}-x", labels={"kubernetes.io/service-name": service})
    ready = {"targetRef": {"kind": "Pod", "uid": pod_uid}, "conditions": {"ready": True}}
    return {**made, "apiVersion": "discovery.k8s.io/v1", "endpoints": [ready]}


def node(name: str, **spec: object) -> Json:
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}, "spec": spec}


OF_WEB = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
STEPS = (
    step("first", check("run", given={"pods": {"apiVersion": "v1", "kind": "Pod", "ownedBy": OF_WEB}})),
    step("second", check("lit", given=PODS)),
)


def at_step(name: str, message: str = "") -> Seen:
    at = [progress(one, "Open" if one == name else "Locked") for one in ("first", "second")]
    failing = check_state("run" if name == "first" else "lit", "Failing", message)
    told = status(*({**one, "checks": [failing]} if one["state"] == "Open" else one for one in at))
    return seen(*STEPS, told=told)


def test_only_what_has_changed_or_is_named_now_is_drawn_anew() -> None:
    world = Shelved()
    world.put(node("n1"))
    for name in ("a", "b", "c"):
        world.put(owned("Pod", name, labels={"app": "web"}))
    page = Followed(world).then(at_step("second"))
    assert sorted(page.put) == ["a", "b", "c", "n1"]

    assert page.then(at_step("second"), world.put(owned("Pod", "b", labels={"app": "web"}))).put == []
    assert page.then(at_step("second"), world.put(owned("Pod", "b", status={"phase": "Failed"}))).put == ["b"]
    assert page.then(at_step("second", "Pod c is not ready")).put == ["c"]
    assert sorted(page.then(at_step("second", "Pod a is not ready")).put) == ["a", "c"]
    assert page.then(at_step("second", "Pod a is not ready"), world.take(("v1", "Pod"), "a")).put == []
    assert sorted(one["name"] for one in page.items.values()) == ["b", "c", "n1"]
    assert page.then(at_step("second"), world.put(node("n1", unschedulable=True))).put == ["n1"]


def test_who_owns_a_pod_decides_which_checks_select_it_and_a_new_owner_of_that_name_does_not() -> None:
    world, first = Shelved(), at_step("first")
    world.put(owned("Deployment", "web"))
    world.put(owned("ReplicaSet", "web-1", ("Deployment", "web")))
    world.put(owned("Pod", "web-1-a", ("ReplicaSet", "web-1")))
    page = Followed(world).then(first)
    assert page.by_name("web-1-a")["selectedBy"] == ["run"]

    page.then(first, world.take(("apps/v1", "ReplicaSet"), "web-1"), world.put(owned("ReplicaSet", "web-1")))
    assert page.by_name("web-1-a")["selectedBy"] == []


def test_a_service_is_drawn_with_the_pods_behind_it_as_they_come_and_go() -> None:
    world, lab = Shelved(), at_step("first")
    world.put(owned("Service", "web", spec={"ports": [{"port": 80}]}))
    page = Followed(world).then(lab)
    assert page.by_name("web")["endpoints"] == []

    assert page.then(lab, world.put(slice_of("web", "u1"))).put == ["web"]
    assert page.by_name("web")["endpoints"] == ["u1"]
    page.then(lab, world.take(("discovery.k8s.io/v1", "EndpointSlice"), "web-x"))
    assert page.by_name("web")["endpoints"] == []


KINDS = (
    ("v1", "Pod"),
    ("apps/v1", "ReplicaSet"),
    ("apps/v1", "Deployment"),
    ("v1", "Service"),
    ("v1", "Node"),
)
NAMES = ("web", "other")


@st.composite
def turns(draw: st.DrawFn) -> tuple[tuple[str, str], str, Json | None]:
    """An object that is put, or taken away."""
    kind, name = draw(st.sampled_from(KINDS)), draw(st.sampled_from(NAMES))
    if draw(st.integers(0, 3)) == 0:
        return kind, name, None
    if kind[1] == "Node":
        return kind, name, node(name, unschedulable=draw(st.booleans()))
    above = {"Pod": "ReplicaSet", "ReplicaSet": "Deployment"}.get(kind[1])
    owner = (above, draw(st.sampled_from(NAMES))) if above and draw(st.booleans()) else None
    labels = {"app": draw(st.sampled_from(NAMES))}
    if kind[1] == "Service" and draw(st.booleans()):
        return (
            ("discovery.k8s.io/v1", "EndpointSlice"),
            f"{name}-x",
            slice_of(name, draw(st.sampled_from("ab"))),
        )
    return (
        kind,
        name,
        owned(kind[1], name, owner, labels=labels, status={"phase": draw(st.sampled_from("PR"))}),
    )


LABS = st.builds(
    at_step,
    st.sampled_from(["first", "second"]),
    st.sampled_from(["", "Pod web is", "Service web: x", "Node web"]),
)


@given(st.lists(st.tuples(st.lists(turns(), max_size=4), LABS), max_size=8))
def test_whatever_changes_it_is_as_if_it_were_drawn_anew(
    story: list[tuple[list[tuple[tuple[str, str], str, Json | None]], Seen]],
) -> None:
    world = Shelved()
    world.put(owned("Deployment", "web"))
    world.put(owned("ReplicaSet", "web", ("Deployment", "web")))
    world.put(owned("Pod", "web", ("ReplicaSet", "web")))
    page = Followed(world)
    for changes, lab in story:
        told = [world.put(body) if body else world.take(kind, name) for kind, name, body in changes]
        page.then(lab, *told)
        assert page.items == Followed(world).then(lab).items
