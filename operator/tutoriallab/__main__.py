"""`python -m tutoriallab operator` runs the operator, `… page-server` the page alone; all else is the command line."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tutoriallab.handlers import Follower
    from tutoriallab.kube.session import Session
    from tutoriallab.serve import Vitals
    from tutoriallab.settings import Settings


def main() -> None:
    """Run what the first argument names."""
    serving = {"operator": _serve, "page-server": _show}.get("".join(sys.argv[1:2]))
    if serving:
        _run(serving)
        return
    from tutoriallab.cli.main import main as command_line

    command_line()


def _run(serving: "Callable[[Settings], Coroutine[Any, Any, None]]") -> None:
    """Serve until told to stop."""
    from tutoriallab.kube.errors import ApiError
    from tutoriallab.lab.kinds import require_new
    from tutoriallab.settings import InvalidSetting, Settings

    try:
        settings = Settings.from_environment(os.environ)
        require_new(settings.extra_kinds)
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        logging.getLogger("kopf").setLevel(logging.WARNING)
        asyncio.run(_tidily(serving(settings)))
    except (InvalidSetting, ApiError) as error:
        sys.exit(f"tutoriallab {sys.argv[1]}: {error}")


async def _tidily(work: Coroutine[Any, Any, None]) -> None:
    from tutoriallab.garbage import collected_rarely

    async with collected_rarely():
        await work


async def _show(settings: "Settings") -> None:
    """Serve the page alone, for operators that run elsewhere: it reads, and has no rights but those."""
    from tutoriallab.kube.session import Session
    from tutoriallab.resume import await_kind
    from tutoriallab.serve import Vitals, served
    from tutoriallab.settings import InvalidSetting
    from tutoriallab.web.serving import page_served

    if not settings.page:
        raise InvalidSetting("TUTORIALLAB_PAGE is empty: set it to HOST:PORT, where the page is to be served")
    vitals = Vitals()
    async with (
        served(vitals, settings.serve),
        await Session.from_environment() as session,
        page_served(settings, session) as recorders,
    ):
        vitals.requests = session.requests
        await await_kind(session)
        await _follow(recorders, session, settings, vitals, asyncio.Event())


async def _serve(settings: "Settings") -> None:
    from tutoriallab.serve import Vitals, served

    vitals = Vitals()
    async with served(vitals, settings.serve):
        if settings.leader_lease:
            await _take_turns(settings, vitals)
        else:
            await _operate(settings, vitals, asyncio.Event())


async def _take_turns(settings: "Settings", vitals: "Vitals") -> None:
    """Work whenever the Lease is ours, until told to stop."""
    from tutoriallab.kube.session import Session
    from tutoriallab.leader import Leadership

    identity = settings.leader_identity or f"{socket.gethostname()}_{os.getpid()}"
    lost = asyncio.Event()
    while True:
        async with await Session.from_environment() as session:
            leader = Leadership(session, settings.leader_lease, identity)
            vitals.heard_at = lambda leader=leader: leader.heard_at
            _let_signals_end_us()
            await leader.acquire()
            lost.clear()
            keeping = asyncio.create_task(leader.keep(), name="leader lease")
            keeping.add_done_callback(lambda _: lost.set())
            await _operate(settings, vitals, lost)
            if not lost.is_set():
                keeping.cancel()
                await leader.release()
                return


def _let_signals_end_us() -> None:
    """Kopf leaves its handlers of signals behind; whoever stands by has nothing to bring to an end."""
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().remove_signal_handler(one)


async def _operate(settings: "Settings", vitals: "Vitals", lost: asyncio.Event) -> None:
    """Run the engine until the process is told to end, or until `lost` is set."""
    from tutoriallab.counters import write_on_signal
    from tutoriallab.kube.resources import Resources
    from tutoriallab.kube.session import Session
    from tutoriallab.observe.opted_in import require_in_namespaces
    from tutoriallab.reconcile import Engine
    from tutoriallab.resume import await_kind, resume
    from tutoriallab.settings import InvalidSetting
    from tutoriallab.web.serving import page_served

    session = await Session.from_environment()
    try:
        await require_in_namespaces(Resources(session), settings.extra_kinds)
    except InvalidSetting:
        await session.close()
        raise
    vitals.requests = session.requests
    engine = vitals.engine = Engine(session, settings, vitals.took.observe)
    if settings.counters_file:
        write_on_signal(Path(settings.counters_file), engine.counters, session.requests)
    await await_kind(session)
    await resume(session, engine, engine.outside)
    await engine.leases.begin()
    try:
        async with page_served(settings, session) as recorders:
            await _follow([engine, *recorders], session, settings, vitals, lost)
    finally:
        vitals.engine = None
        await engine.close()
        await session.close()


async def _follow(
    followers: "Sequence[Follower]",
    session: "Session",
    settings: "Settings",
    vitals: "Vitals",
    lost: asyncio.Event,
) -> None:
    """Tell the followers of labs until the process is told to end, or until `lost` is set."""
    import kopf

    from tutoriallab.handlers import configure, registry

    kopf_settings = kopf.OperatorSettings()
    configure(kopf_settings)
    ready = asyncio.Event()
    announcing = asyncio.create_task(_announce(ready, settings.ready_file, vitals))
    try:
        await kopf.operator(
            registry=registry(followers, session),
            settings=kopf_settings,
            clusterwide=True,
            standalone=True,
            ready_flag=ready,
            stop_flag=lost,
        )
    finally:
        announcing.cancel()
        vitals.watching = False


async def _announce(ready: asyncio.Event, path: str, vitals: "Vitals") -> None:
    await ready.wait()
    vitals.watching = True
    logging.getLogger("tutoriallab").info("watching tutorial labs")
    if path:
        await asyncio.to_thread(Path(path).write_text, f"{os.getpid()}\n", encoding="ascii")


if __name__ == "__main__":
    main()
