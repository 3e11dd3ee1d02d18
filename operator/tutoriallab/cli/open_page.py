"""`page`: opens the page of the cluster's labs in the browser, or prints its address."""

import json
import os
import sys
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.forwarded import forward, is_in
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say, tell
from tutoriallab.cluster import page
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.up import existing_folder
from tutoriallab.web.key import found, ticket

#: Seconds for the page to answer: it is on this machine.
_PATIENCE = 3.0
NoBrowser = Annotated[
    bool,
    typer.Option("--no-browser", help="Print the address, good once and for ten minutes, and open nothing."),
]


def command(no_browser: NoBrowser = False, context: Context = "") -> None:
    """Open labs and the live cluster in the browser."""
    kubectl = Kubectl.find(context)
    try:
        address = entrance(context)
    except CliError:
        # None beside the cluster, or not any more: perhaps one in it.
        if not is_in(kubectl):
            raise
        _forward(kubectl, no_browser=no_browser)
    else:
        _open(address, no_browser=no_browser)


def _forward(kubectl: Kubectl, *, no_browser: bool) -> None:
    """Open the page in the cluster and keep it open until Ctrl-C."""
    tell(
        "Forwarding a port to the page in the cluster until Ctrl-C; sign in with a token: kubectl create token NAME"
    )
    try:
        forward(
            kubectl,
            lambda address: _open(address, no_browser=no_browser),
            lambda why: tell(f"{why}: the port is forwarded again."),
        )
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _open(address: str, *, no_browser: bool) -> None:
    if no_browser or not _has_screen() or not webbrowser.open(address):
        say(address)
        return
    say(f"The page is open in your browser: {address.partition('#')[0]}")


def entrance(context: str) -> str:
    """The page's address, with a ticket where one comes in by one; raises CliError where no page is served."""
    folder = folder_of(context)
    where, key = page.address(folder), found(page.key_file(folder))
    if not where:
        raise CliError(
            "The operator serves no page here: the one that `tutoriallab up` starts beside the cluster does "
            f"(`{program()} up`, `{program()} up --beside`), and the chart's with page.enabled for a class."
        )
    mode = _mode(where)
    if mode == "local" and not key:
        raise CliError(f"The page's key cannot be read: start the operator again, `{program()} up`.")
    return f"http://{where}/" + (f"#key={ticket(key, time.time())}" if mode == "local" else "")


def folder_of(context: str) -> Path:
    """What is kept about the cluster of a context, the current one when empty."""
    places = Places.from_environment(os.environ)
    name = context or Kubectl.find(context).current_context()
    return page.folder_of(name, places, existing_folder(name, places))


def _mode(where: str) -> str:
    """How one comes in there, local or token; raises CliError unless a page of ours answers."""
    try:
        with urlopen(f"http://{where}/api/me", timeout=_PATIENCE) as answer:
            told = answer.read()
    except HTTPError as refused:
        told = refused.read()
    except (URLError, OSError) as failure:
        raise CliError(
            f"The page at {where} does not answer ({failure}): start the operator, `{program()} up`."
        ) from None
    with suppress(ValueError, AttributeError):
        mode = json.loads(told).get("mode")
        if mode in {"local", "token"}:
            return str(mode)
    raise CliError(f"Another program answers at {where}: start the operator again, `{program()} up`.")


def _has_screen() -> bool:
    """Whether a browser would be seen; over ssh one in the terminal would start."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
