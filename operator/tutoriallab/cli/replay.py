"""`replay`: what happened in a lab as one HTML file, which plays without cluster or network."""

import json
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Annotated, Any

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.open_page import entrance
from tutoriallab.cli.options import Context, Lab, Namespace
from tutoriallab.cli.screen import say
from tutoriallab.cli.words import word
from tutoriallab.status.seen import Seen
from tutoriallab.web.replay import document

#: Seconds for each answer of the page: a record has at most some MiB, and it is on this machine.
_PATIENCE = 30.0
File = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file; LAB.html without it.")
]


def command(lab: Lab = "", output: File = None, namespace: Namespace = "", context: Context = "") -> None:
    """Write what happened in a lab into one HTML file that plays anywhere."""
    seen = find_lab(Kubectl.find(context), lab, namespace)
    file = output or Path(f"{seen.name}.html")
    if output is None and file.exists():
        raise CliError(f"{file} exists: name a file with -o, which is written over.")
    record = _record(entrance(context), seen)
    try:
        file.write_text(document(record, f"{seen.name} · tutoriallab"), encoding="utf-8")
    except OSError as failure:
        raise CliError(f"{file} cannot be written ({failure.strerror}): name another with -o.") from None
    changes, size = len(json.loads(record)["changes"]), file.stat().st_size // 1024
    told = {"file": file, "changes": changes, "lab": seen.name, "size": size}
    say(word(seen.speaks(), "replay_written", **told))


def _record(address: str, lab: Seen) -> bytes:
    """The whole record of a lab, from the page that serves it; raises CliError."""
    where, _, shown = address.removeprefix("http://").partition("/#key=")
    if not shown:
        raise CliError(
            "Viewers of this page sign in with a token: write the replay on a page of your own (`tutoriallab up`)."
        )
    connection = HTTPConnection(where, timeout=_PATIENCE)
    try:
        headers = {"Origin": f"http://{where}", "Content-Type": "application/json"}
        connection.request("POST", "/api/session", json.dumps({"key": shown}), headers)
        entered = connection.getresponse()
        _told(entered.status, entered.read())
        cookie = (entered.getheader("Set-Cookie") or "").partition(";")[0]
        connection.request("GET", f"/api/labs/{lab.namespace}/{lab.name}/record", headers={"Cookie": cookie})
        answer = connection.getresponse()
        return _told(answer.status, answer.read())
    except (OSError, HTTPException) as failure:
        raise CliError(f"The page at {where} broke off ({failure}): try again.") from None
    finally:
        connection.close()


def _told(status: int, body: bytes) -> bytes:
    if status == 200:
        return body
    try:
        told: Any = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        told = f"The page answered {status}"
    raise CliError(f"{told}.")
