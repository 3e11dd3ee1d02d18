"""`watch`: a lab live, until it is done: a screen with keys in a terminal, a line per change in a pipe."""

import time
from collections.abc import Iterator
from contextlib import closing

import typer

from tutoriallab.cli import show as draw
from tutoriallab.cli.changes import changes
from tutoriallab.cli.companion import Companion
from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace
from tutoriallab.cli.page import Page, page
from tutoriallab.cli.screen import console, say, show, tell
from tutoriallab.cli.stream import Happened, follow


def command(lab: Lab = "", lang: Language = "", namespace: Namespace = "", context: Context = "") -> None:
    """The same, live, until the lab is done."""
    kubectl = Kubectl.find(context)
    screen = console()
    try:
        seen = find_lab(kubectl, lab, namespace)
        if screen.is_terminal and not screen.is_dumb_terminal:
            ended = Companion(kubectl, seen, lang).run(screen)
            if ended:
                show(draw.head(ended))
        else:
            with closing(follow(kubectl, seen.name, seen.namespace)) as stream:
                ended = _print(stream, lang)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    if ended is None:
        raise CliError(f"Lab {seen.name} was deleted: nothing is left to watch.")
    show(draw.debrief(ended))


def _print(stream: Iterator[Happened], language: str) -> Page | None:
    """Print each change as a line with its time."""
    last: Page | None = None
    for happened in stream:
        if happened.kind == "gone":
            return None
        if happened.kind == "lost":
            tell(happened.text)
        if happened.lab is None:
            continue
        now = page(happened.lab, language)
        for told in changes(last, now):
            say(f"{time.strftime('%H:%M:%S')}  {told}")
        last = now
        if now.phase == "Completed":
            return now
    return None
