"""Starts the open step of labs over, as a learner does with an annotation, and waits until it is open; F and G."""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session
from tutoriallab.lab.annotations import RESTART_STEP
from tutoriallab.lab.crd import RESOURCE

#: Seconds for all labs to be open again.
PATIENCE = 120.0


async def restart_steps(session: Session, names: Iterable[str]) -> None:
    """Every check of these labs begins anew; raises TimeoutError when a lab's step does not open again."""
    token, wanted = str(time.monotonic_ns()), set(names)
    change: Any = {"metadata": {"annotations": {RESTART_STEP: token}}}
    for name in wanted:
        path = RESOURCE.path("default", name)
        await session.fetch("PATCH", path, body=change, content_type=MERGE_PATCH)

    async def left() -> set[str]:
        labs = await session.request("GET", RESOURCE.path("default"))
        return wanted - {
            one["metadata"]["name"] for one in labs["items"] if _open_since(one["status"], token)
        }

    end = time.monotonic() + PATIENCE
    while missing := await left():
        if time.monotonic() > end:
            raise TimeoutError(f"{len(missing)} steps did not open again, one of lab {min(missing)}")
        await asyncio.sleep(0.2)


def _open_since(status: dict[str, Any], token: str) -> bool:
    return (status.get("handled") or {}).get("restartStep") == token and bool(status.get("step"))
