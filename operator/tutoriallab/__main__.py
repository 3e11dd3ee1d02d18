"""`python -m tutoriallab operator` runs the operator; anything else is the command line."""

import asyncio
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutoriallab.settings import Settings


def main() -> None:
    """Run what the first argument names."""
    if sys.argv[1:2] == ["operator"]:
        operate()
        return
    from tutoriallab.cli.main import main as command_line

    command_line()


def operate() -> None:
    """Run the operator until it is told to stop."""
    from tutoriallab.lab.kinds import require_new
    from tutoriallab.settings import InvalidSetting, Settings

    try:
        settings = Settings.from_environment(os.environ)
        require_new(settings.extra_kinds)
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        logging.getLogger("kopf").setLevel(logging.WARNING)
        asyncio.run(_operate(settings))
    except InvalidSetting as error:
        sys.exit(f"tutoriallab operator: {error}")


async def _operate(settings: "Settings") -> None:
    import kopf

    from tutoriallab.counters import write_on_signal
    from tutoriallab.handlers import configure, registry
    from tutoriallab.kube.resources import Resources
    from tutoriallab.kube.session import Session
    from tutoriallab.observe.opted_in import require_in_namespaces
    from tutoriallab.reconcile import Engine
    from tutoriallab.resume import resume
    from tutoriallab.settings import InvalidSetting

    session = await Session.from_environment()
    try:
        await require_in_namespaces(Resources(session), settings.extra_kinds)
    except InvalidSetting:
        await session.close()
        raise
    engine = Engine(session, settings)
    if settings.counters_file:
        write_on_signal(Path(settings.counters_file), engine.counters, session.requests)
    await resume(session, engine, engine.outside)
    await engine.leases.begin()
    kopf_settings = kopf.OperatorSettings()
    configure(kopf_settings)
    ready = asyncio.Event()
    announcing = asyncio.create_task(_announce(ready, settings.ready_file))
    try:
        await kopf.operator(
            registry=registry(engine, session),
            settings=kopf_settings,
            clusterwide=True,
            standalone=True,
            ready_flag=ready,
        )
    finally:
        announcing.cancel()
        await engine.close()
        await session.close()


async def _announce(ready: asyncio.Event, path: str) -> None:
    await ready.wait()
    logging.getLogger("tutoriallab").info("watching tutorial labs")
    if path:
        await asyncio.to_thread(Path(path).write_text, f"{os.getpid()}\n", encoding="ascii")


if __name__ == "__main__":
    main()
