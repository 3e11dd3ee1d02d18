"""What is sent, and how often."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest

from tutoriallab.kube.errors import ApiError, too_late
from tutoriallab.kube.session import Answer, Session
from tutoriallab.observe.probe.asking import Asker
from tutoriallab.observe.probe.outcome import Heard, Silent, Troubled
from tutoriallab.observe.probe.question import EventsOf, LastLines
from tutoriallab.observe.probe.request import LOG_BYTES, Http
from tutoriallab.observe.probe.sight import Clear
from unit.observe.probe.world import LOG, PAGE


class Line:
    """A session whose answers a test chooses."""

    def __init__(self, *answers: Answer | ApiError) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Mapping[str, Any]]] = []

    async def peek(self, path: str, **how: Any) -> Answer:
        self.asked.append((path, how))
        answer = self.answers.pop(0)
        if isinstance(answer, ApiError):
            raise answer
        return answer

    def asker(self) -> Asker:
        return Asker(cast("Session", self), timeout=5)


async def test_a_page_is_asked_for_once_with_its_headers_as_the_workspaces_provisioner() -> None:
    line = Line(Answer(200, (), b"hi"))
    probe = Http("demo", 80, "/a", (("X-A", "b"),), service="web")
    assert isinstance(await line.asker().ask(probe, Clear()), Heard)
    ((path, how),) = line.asked
    assert path == probe.url
    assert how["headers"] == {"X-A": "b"}
    assert how["impersonate"] == "system:serviceaccount:demo:tutoriallab-provisioner"
    assert how["limit"] == 65_536
    assert how["timeout"] == 5


async def test_no_request_may_take_for_ever() -> None:
    line = Line(Answer(200, (), b""), Answer(200, (), b""))
    asker = Asker(cast("Session", line), timeout=0)
    await asker.ask(PAGE, Clear())
    await asker.ask(LOG, Clear("web"))
    assert [how["timeout"] for _, how in line.asked] == [0.1, 0.1]


async def test_events_are_asked_for_by_the_object_s_uid_and_told_newest_first() -> None:
    events = {
        "kind": "EventList",
        "items": [
            {
                "reason": "Pulled",
                "message": "there",
                "type": "Normal",
                "lastTimestamp": "2026-01-01T00:00:01Z",
            },
            {
                "reason": "Unhealthy",
                "message": "m" * 2_000,
                "type": "Warning",
                "eventTime": "2026-01-01T00:00:02Z",
            },
            {"lastTimestamp": None},
        ],
    }
    line = Line(
        Answer(200, (), json.dumps(events).encode()), Answer(200, (), b"{"), Answer(403, (), b""), too_late(5)
    )
    asker, question = line.asker(), EventsOf("demo", "v1", "Pod", "web-1")
    heard = await asker.ask(question, Clear(uid="0-1&2"))
    assert isinstance(heard, Heard)
    assert [(one["reason"], len(one["message"])) for one in heard.value["events"]] == [
        ("Unhealthy", 1_024),
        ("Pulled", 5),
        ("", 0),
    ]
    for _ in range(3):
        assert isinstance(await asker.ask(question, Clear(uid="x")), Troubled)
    path, how = line.asked[0]
    assert path == "/api/v1/namespaces/demo/events?fieldSelector=involvedObject.uid%3D0-1%262&limit=100"
    assert how["impersonate"] is None


async def test_the_last_lines_are_asked_for_as_the_workspaces_provisioner() -> None:
    line = Line(Answer(200, (), b"one\r\n\nno such file\n"), Answer(400, (), b"{}"))
    asker, question = line.asker(), LastLines("demo", "web-1", "web")
    assert await asker.ask(question, Clear(uid="x")) == Heard({"lines": ["one", "no such file"]})
    assert isinstance(await asker.ask(question, Clear(uid="x")), Troubled)
    path, how = line.asked[0]
    assert path == "/api/v1/namespaces/demo/pods/web-1/log?container=web&tailLines=5&limitBytes=16384"
    assert how["impersonate"] == "system:serviceaccount:demo:tutoriallab-provisioner"


async def test_the_kubelets_word_of_a_container_that_is_gone_is_none_of_the_container() -> None:
    line = Line(Answer(200, (), b"unable to retrieve container logs for containerd://5ce94613a4da"))
    question = LastLines("demo", "web-1", "web")
    assert await line.asker().ask(question, Clear(uid="x")) == Heard({"lines": []})


async def test_what_went_wrong_is_an_outcome() -> None:
    line = Line(too_late(5), too_late(5))
    assert isinstance(await line.asker().ask(PAGE, Clear()), Silent)
    assert isinstance(await line.asker().ask(LOG, Clear("web")), Silent)


async def test_a_short_log_is_asked_for_once() -> None:
    line = Line(Answer(200, (), b"one\n"))
    assert await line.asker().ask(LOG, Clear("web")) == Heard({"lines": ["one"]})
    assert [path.split("?")[1] for path, _ in line.asked] == [
        "container=web&tailLines=1000&limitBytes=262144"
    ]


@pytest.mark.parametrize("long", [1, 3])
async def test_a_log_of_long_lines_is_asked_for_with_fewer_of_them(long: int) -> None:
    line = Line(*[Answer(200, (), b"x" * LOG_BYTES)] * long, Answer(200, (), b"the end\n"))
    assert await line.asker().ask(LOG, Clear("web")) == Heard({"lines": ["the end"]})
    counts = [path.split("tailLines=")[1].split("&")[0] for path, _ in line.asked]
    assert counts == ["1000", "250", "62", "15"][: long + 1]


async def test_one_endless_line_is_not_asked_for_for_ever() -> None:
    line = Line(*[Answer(200, (), b"x" * LOG_BYTES)] * 6)
    assert isinstance(await line.asker().ask(LOG, Clear("web")), Heard)
    assert "tailLines=1&" in line.asked[-1][0]
