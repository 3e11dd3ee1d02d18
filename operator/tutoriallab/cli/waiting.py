"""Waiting for a lab while saying what is waited for and for how long; called by start, reset and answer."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.screen import console
from tutoriallab.cli.stream import Happened, follow
from tutoriallab.cli.words import word
from tutoriallab.lab.plain import line
from tutoriallab.status.seen import Seen

Done = Callable[[Seen], bool]
Say = Callable[[str], None]


class TimedOut(CliError):
    """What was waited for did not come in time."""


def wait_for(kubectl: Kubectl, lab: Seen, done: Done, timeout: float, *, quiet: bool = False) -> Seen:
    """The lab once `done` holds; raises TimedOut after `timeout` seconds, CliError when it is deleted."""
    begun, seen = time.monotonic(), lab
    with closing(follow(kubectl, lab.name, lab.namespace)) as stream, _spinner(quiet) as say:
        for happened in stream:
            if happened.kind == "gone":
                raise CliError(f"Lab {lab.name} was deleted meanwhile: start it again.")
            seen = happened.lab or seen
            if happened.lab and done(seen):
                return seen
            waited = time.monotonic() - begun
            if waited > timeout:
                break
            say(f"{_doing(happened, seen)} ({waited:.0f} s)")
    raise TimedOut(_too_late(seen, timeout))


def _doing(happened: Happened, seen: Seen) -> str:
    if happened.kind == "lost":
        return happened.text
    if not seen.status.started_at:
        return word(seen.speaks(), "for_operator")
    return line(seen.status.next) or seen.status.phase


def _too_late(seen: Seen, timeout: float) -> str:
    if not seen.is_fresh:
        return (
            f"The operator has not answered for {timeout:.0f} s: see that it runs "
            "(`tutoriallab up` starts it again), then look with `kubectl get labs`."
        )
    return (
        f"Lab {seen.name} is still {seen.status.phase} after {timeout:.0f} s ({line(seen.status.next)}): "
        f"see `kubectl describe lab -n {seen.namespace} {seen.name}`."
    )


@contextmanager
def _spinner(quiet: bool) -> Iterator[Say]:
    """A line on stderr that moves in a terminal; without one, a line per change."""
    screen = console(stderr=True)
    if quiet:
        yield lambda _: None
    elif screen.is_terminal:
        with screen.status("") as status:
            yield status.update
    else:
        yield _lines()


def _lines() -> Say:
    told: set[str] = set()

    def say(text: str) -> None:
        what = text.rpartition(" (")[0]
        if what not in told:
            told.add(what)
            console(stderr=True).print(what, soft_wrap=True)

    return say
