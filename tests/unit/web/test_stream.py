"""When a stream ends, and with which word: the page comes back to what ends without one."""

import asyncio
from typing import cast

import pytest

from builders import check, lab, step
from pages import check_state, progress, status
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.web import stream
from tutoriallab.web.recorder import Recorder
from tutoriallab.web.stream import Place, serve

#: The lab has no workspace, so nothing is asked of a cluster.
NO_SESSION = cast("Session", None)


class Viewer:
    """Who takes what is sent, and may see the lab until told otherwise."""

    def __init__(self) -> None:
        self.took: list[bytes] = []
        self.mays = True
        self.asked = 0

    async def write(self, sent: bytes) -> None:
        self.took.append(sent)

    async def may(self) -> bool:
        self.asked += 1
        return self.mays


@pytest.fixture
async def recorder() -> Recorder:
    made = Recorder(NO_SESSION, Resources(NO_SESSION))
    body = lab("demo", step("first", check("there")))
    body["metadata"]["uid"] = "u"
    body["status"] = status(progress("first", "Open", check_state("there")))
    made.lab_changed(body)
    await made.news("default", "demo").wait()
    return made


def place(recorder: Recorder) -> Place:
    return Place(recorder, "default", "demo", None)


async def test_who_may_not_see_the_lab_is_told_so_and_gets_nothing_of_it(recorder: Recorder) -> None:
    viewer = Viewer()
    viewer.mays = False

    await serve(place(recorder), viewer.write, viewer.may, asyncio.Event())

    assert viewer.took == [b"event: refused\ndata: {}\n\n"]


async def test_whose_right_is_taken_back_is_told_so_while_nothing_happens(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.02)
    viewer = Viewer()
    serving = asyncio.create_task(serve(place(recorder), viewer.write, viewer.may, asyncio.Event()))
    async with asyncio.timeout(5):
        while b":\n\n" not in viewer.took:  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)
        viewer.mays = False
        await serving

    assert viewer.took[0].startswith(b"event: base\n")
    assert viewer.took[-1] == b"event: refused\ndata: {}\n\n"
    assert viewer.took.count(viewer.took[-1]) == 1


async def test_an_operator_that_closes_says_nothing_and_asks_nothing(recorder: Recorder) -> None:
    viewer, closing = Viewer(), asyncio.Event()
    closing.set()

    await serve(place(recorder), viewer.write, viewer.may, closing)

    assert (viewer.took, viewer.asked) == ([], 0)
