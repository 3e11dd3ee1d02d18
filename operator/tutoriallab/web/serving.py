"""Opens the page where the settings ask for it, and closes it again; called by `__main__.py`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.settings import InvalidSetting, Settings
from tutoriallab.web.pages import Pages
from tutoriallab.web.recorder import Recorder
from tutoriallab.web.token_door import TokenDoor
from tutoriallab.web.viewer import Door, LocalDoor

#: Seconds for answers that are under way when the operator stops.
_LAST_ANSWERS = 2.0


@asynccontextmanager
async def page_served(settings: Settings, session: Session) -> AsyncIterator[list[Recorder]]:
    """Meanwhile the page is served; who is to be told of labs: its recorder, nobody where no page is wanted.

    Raises InvalidSetting for an address or a file for the key that cannot be had.
    """
    if not settings.page:
        yield []
        return
    recorder = Recorder(session, Resources(session))
    try:
        door = _door(settings, session)
        runner = web.AppRunner(
            Pages(recorder, door, session, settings.page_hosts).application(),
            access_log=None,
            shutdown_timeout=_LAST_ANSWERS,
        )
        await runner.setup()
        try:
            await _listen(runner, settings.page)
            yield [recorder]
        finally:
            await runner.cleanup()
    finally:
        await recorder.close()


def _door(settings: Settings, session: Session) -> Door:
    if not settings.page_key_file:
        return TokenDoor(session)
    try:
        return LocalDoor(Path(settings.page_key_file), settings.page_kubeconfig, settings.page_context)
    except OSError as problem:
        text = f"TUTORIALLAB_PAGE_KEY_FILE is {settings.page_key_file!r} ({problem}): name a file that can be written"
        raise InvalidSetting(text) from problem


async def _listen(runner: web.AppRunner, where: str) -> None:
    host, _, port = where.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
    except (OSError, ValueError, OverflowError) as problem:
        text = f"TUTORIALLAB_PAGE is {where!r} ({problem}): set it to HOST:PORT with a port that is free"
        raise InvalidSetting(text) from problem
