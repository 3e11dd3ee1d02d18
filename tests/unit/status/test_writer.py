import asyncio

import pytest

from tutoriallab.kube.errors import NotFound, ServerUnavailable
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import Status
from tutoriallab.status import writer as module
from tutoriallab.status.happenings import Happening
from tutoriallab.status.writer import StatusWriter

KEY = LabKey("default", "demo", "u1")


class Server:
    """What the API server would keep; `trouble` is raised first, one by one."""

    def __init__(self, *trouble: Exception) -> None:
        self.trouble = list(trouble)
        self.written: list[str] = []
        self.events: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def write(self, key: LabKey, status: Status) -> None:
        await self.open.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        self.written.append(status.next)

    def record(self, key: LabKey, happening: Happening) -> None:
        self.events.append(happening.reason)


def writer(server: Server) -> StatusWriter:
    return StatusWriter(server.write, server.record, 4)


async def test_what_is_written_already_is_not_written_again() -> None:
    server = Server()
    one = writer(server)
    one.adopt(KEY, Status(next="a"))
    one.submit(KEY, Status(next="a"))
    await one.flush(KEY)
    assert server.written == []


async def test_newer_statuses_replace_each_other_while_one_is_being_written() -> None:
    server = Server()
    server.open.clear()
    one = writer(server)
    one.submit(KEY, Status(next="first"))
    await asyncio.sleep(0)
    for text in ("second", "third", "last"):
        one.submit(KEY, Status(next=text))
    server.open.set()
    await one.flush(KEY)
    assert server.written == ["first", "last"]


async def test_an_absent_server_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    server = Server(ServerUnavailable(503, "x", "away"), ServerUnavailable(503, "x", "away"))
    one = writer(server)
    one.submit(KEY, Status(next="kept", phase="Completed"))
    await one.flush(KEY)
    assert server.written == ["kept"]
    assert server.events == ["Completed"]


async def test_a_lab_that_is_gone_is_not_written_any_more() -> None:
    server = Server(NotFound(404, "NotFound", "gone"))
    one = writer(server)
    one.submit(KEY, Status(next="late"))
    await one.flush(KEY)
    assert server.written == []


async def test_a_status_that_returns_to_what_is_written_is_not_written() -> None:
    server = Server()
    one = writer(server)
    one.adopt(KEY, Status(next="a"))
    one.submit(KEY, Status(next="b"))
    one.submit(KEY, Status(next="a"))
    await one.flush(KEY)
    assert server.written == []
    await one.close()


async def test_finishing_waits_for_what_is_under_way() -> None:
    server = Server()
    one = writer(server)
    one.submit(KEY, Status(next="last"))
    await one.finish(5)
    assert server.written == ["last"]


async def test_finishing_does_not_wait_for_a_server_that_does_not_answer() -> None:
    server = Server()
    server.open.clear()
    one = writer(server)
    one.submit(KEY, Status(next="last"))
    await one.finish(0.01)
    assert server.written == []
    await one.close()
