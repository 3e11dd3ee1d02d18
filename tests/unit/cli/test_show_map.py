"""The map as text."""

from pages import drawn
from tutoriallab.cli.map import Map, NodeSpot, PodSpot, Row
from tutoriallab.cli.show_map import Chart
from tutoriallab.web.pod import Kind


def spots(count: int, kind: Kind = "ready", why: str = "", name: str = "web") -> tuple[PodSpot, ...]:
    return tuple(PodSpot(f"{name}-{number}", "worker1", kind, why) for number in range(count))


TAINTED = NodeSpot("worker1", True, True, ("tag=test:NoSchedule",))
SHOWN = Map(
    (
        Row("worker1", "node1", TAINTED, (*spots(2), *spots(1, "failing", "CrashLoopBackOff", "api"))),
        Row("worker2", "node2", NodeSpot("worker2", False, False), ()),
        Row("worker3", "", NodeSpot("worker3", True, False), spots(1, "done", "Completed", "job")),
    ),
    (PodSpot("big", "", "pending", "Unschedulable"),),
)


def test_nodes_with_their_state_and_pods_with_theirs() -> None:
    assert drawn(Chart(SHOWN, "en")).splitlines() == [
        "Where it runs",
        " node1  worker1  Ready  cordoned  tag=test:NoSchedule",
        "   ✗ api-0 CrashLoopBackOff  ● web-0  ● web-1",
        " node2  worker2  NotReady",
        " worker3  Ready",
        "   ✓ job-0",
        " On no node",
        "   … big Unschedulable",
    ]


def test_in_chinese() -> None:
    assert drawn(Chart(SHOWN, "zh")).splitlines()[:4] == [
        "运行在哪里",
        " node1  worker1  就绪  已隔离  tag=test:NoSchedule",
        "   ✗ api-0 CrashLoopBackOff  ● web-0  ● web-1",
        " node2  worker2  未就绪",
    ]


def test_a_small_one_has_a_line_a_node_and_counts() -> None:
    assert drawn(Chart(SHOWN, "en", small=True)).splitlines() == [
        "Where it runs",
        " node1  worker1  Ready  cordoned  tag=test:NoSchedule  ✗ 1 failing  ● 2 ready",
        " node2  worker2  NotReady",
        " worker3  Ready  ✓ 1 completed",
        " On no node  … 1 pending",
    ]


def test_many_pods_are_counted_and_those_that_fail_still_named() -> None:
    many = (*spots(3000), *spots(2, "failing", "ErrImagePull", "api"))

    assert drawn(Chart(Map((Row("worker1", "", None, many),)), "en")).splitlines() == [
        "Where it runs",
        " worker1",
        "   ✗ api-0 ErrImagePull  ✗ api-1 ErrImagePull  ● 3000 ready",
    ]


def test_where_very_many_fail_some_are_named_and_the_rest_counted() -> None:
    told = drawn(
        Chart(Map((Row("worker1", "", None, spots(1000, "failing", "CrashLoopBackOff")),)), "en")
    ).splitlines()

    assert len(told) <= 4
    assert "web-0 CrashLoopBackOff" in told[2]
    counted = int(told[-1].rpartition("✗ ")[2].split()[0])
    assert counted + "\n".join(told).count("CrashLoopBackOff") == 1000


def test_nothing_is_wider_than_the_screen() -> None:
    long = Row("n" * 60, "", TAINTED, (PodSpot("p" * 63, "", "failing", "ErrImagePull"), *spots(9)))

    for small in (False, True):
        assert max(map(len, drawn(Chart(Map((long,)), "en", small=small), 40).splitlines())) <= 40


def test_no_pods_yet_and_rights_that_lack_are_said() -> None:
    assert drawn(Chart(Map(), "en")).splitlines()[1] == " No pods yet."
    assert drawn(Chart(Map(unknown=("pods", "nodes")), "en")).splitlines() == [
        "Where it runs",
        " Not shown: you may not list pods here.",
    ]
    row = Row("worker1", "", None, spots(1))
    assert drawn(Chart(Map((row,), unknown=("nodes",)), "en")).splitlines() == [
        "Where it runs",
        " worker1",
        "   ● web-0",
        " You may not list nodes: their state is not shown.",
    ]
