"""`make mistakes`: makes the mistakes of docs/catalogue/mistakes.yaml in their labs, and writes down what is said.

On the cluster of the current context (kind, with the operator), with kubectl alone, one after another: the lab is
applied, the mistake made, and the check's message taken once it has not changed for a while. Labs of these names must
not be there before.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cli.kubectl import Kubectl

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "docs/catalogue/mistakes.yaml"
RECORD = ROOT / "docs/catalogue/mistakes.json"
#: Seconds for which a message with a command to look must have stood.
STANDS = 15.0
#: Seconds until a lab is open, and until such a message stands.
PATIENCE = 180.0
#: What is another each time: hashes in names, how often something was restarted so far.
_CHANGES = (
    (re.compile(r"-[a-z0-9]{8,10}-[a-z0-9]{5}\b"), "-…"),
    (re.compile(r"\d+ (restarts|times)"), r"… \1"),
)


def main() -> None:
    """Make them all, or those named; says what it does, and ends with 1 where one brought no diagnosis."""
    catalogue: list[dict[str, str]] = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["mistakes"]
    mistakes = [one for one in catalogue if one["name"] in sys.argv[1:] or not sys.argv[1:]]
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    record = {one["name"]: record.get(one["name"], "") for one in catalogue}
    for i, mistake in enumerate(mistakes, 1):
        print(f"{i} of {len(mistakes)}  {mistake['name']} in {mistake['lab']} …", flush=True)
        record[mistake["name"]] = told = made(mistake)
        print(f"  {told or 'no diagnosis'}")
        write(record)
    if silent := [name for name, told in record.items() if not told]:
        sys.exit(f"No diagnosis yet of: {', '.join(silent)}")


def write(record: dict[str, str]) -> None:
    """Write down what was said so far."""
    text = json.dumps({name: told for name, told in record.items() if told}, indent=1, ensure_ascii=False)
    RECORD.write_text(f"{text}\n", encoding="utf-8")


def made(mistake: dict[str, str]) -> str:
    """Make one in its lab, and remove both; the message that stood, empty when none with a command to look did."""
    lab = mistake["lab"]
    (path,) = (ROOT / "labs").glob(f"*/{lab}/lab.yaml")
    kubectl("create", "-f", str(path), "-n", "default")
    try:
        until(lambda: status(lab).get("phase") == "Active", f"lab {lab} is open")
        bash(mistake["do"], str(status(lab)["workspace"]))
        return stable(mistake)
    finally:
        if "undo" in mistake:
            bash(mistake["undo"], lab)
        kubectl("delete", "lab", lab, "-n", "default", "--timeout=180s")


def stable(mistake: dict[str, str]) -> str:
    """The message of the mistake's check once it has stood for a while."""
    began = since = time.monotonic()
    last = ""
    while time.monotonic() < began + PATIENCE:
        now = message(mistake)
        if now != last:
            last, since = now, time.monotonic()
        if "Look: " in last and time.monotonic() > since + STANDS:
            return last
        time.sleep(0.5)
    return ""


def message(mistake: dict[str, str]) -> str:
    """What the check says now, without what is another each time."""
    step, _, check = mistake["check"].partition("/")
    for one in status(mistake["lab"]).get("steps", ()):
        for each in one.get("checks", ()) if one["name"] == step else ():
            if each["name"] == check and each["verdict"] == "Failing":
                text = str(each.get("message", ""))
                for pattern, instead in _CHANGES:
                    text = pattern.sub(instead, text)
                return text
    return ""


def until(holds: Any, what: str) -> None:
    """Wait until it holds; raises SystemExit that says what was waited for."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() > began + PATIENCE:
            sys.exit(f"After {PATIENCE:.0f} s still not: {what}. See: kubectl describe lab -n default")
        time.sleep(0.5)


def status(lab: str) -> dict[str, Any]:
    """The lab's status."""
    found: dict[str, Any] = json.loads(kubectl("get", "lab", lab, "-n", "default", "-o", "json")).get(
        "status", {}
    )
    return found


def kubectl(*arguments: str) -> str:
    """Run kubectl; raises CalledProcessError."""
    program = str(Kubectl.find().path)
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def bash(script: str, namespace: str) -> None:
    """What a learner would type."""
    path = f"{Kubectl.find().path.parent}:{os.environ['PATH']}"
    environment = {**os.environ, "NS": namespace, "PATH": path}
    subprocess.run(["bash", "-euc", script], check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
