"""What becomes of a kubectl that forwards a port and ends; with a real one: tests/kind/test_the_chart.py."""

from pathlib import Path

import pytest

from tutoriallab.cli import forwarded
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.refusal import Forbidden

FORBIDDEN = (
    'Error from server (Forbidden): pods "page" is forbidden: User "anna" cannot create pods/portforward'
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarded, "_PAUSE", 0.0)


def kubectl(folder: Path, *runs: str) -> Kubectl:
    """A program that does one of these after the other, and notes down how it was called."""
    program = folder / "kubectl"
    cases = "\n".join(f"{number}) {run} ;;" for number, run in enumerate(runs, start=1))
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/calls\ncase $(wc -l < {folder}/calls) in\n{cases}\nesac\nexit 1\n'
    )
    program.chmod(0o755)
    return Kubectl(program)


def test_a_page_that_begins_anew_keeps_its_port_until_the_right_is_gone(tmp_path: Path) -> None:
    opened, lost = list[str](), list[str]()
    told = "echo 'Forwarding from 127.0.0.1:4567 -> 8787'; echo 'Handling connection for 4567'"
    away = "echo 'The connection to the server 127.0.0.1:6443 was refused' >&2"
    ends = f"{told}; echo 'error: lost connection to pod' >&2"
    program = kubectl(tmp_path, ends, away, f"{told}; echo '{FORBIDDEN}' >&2")

    with pytest.raises(Forbidden):
        forwarded.forward(program, opened.append, lost.append)

    assert opened == ["http://127.0.0.1:4567/"]
    assert lost[0] == "The page's pod has ended"
    assert "does not answer" in lost[1]
    ports = [call.split()[-1] for call in (tmp_path / "calls").read_text().splitlines()]
    assert ports == [":80", "4567:80", "4567:80"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "error: unable to forward port because pod is not running. Current status=Pending",
            "status=Pending",
        ),
        ("", "kubectl ended"),
    ],
    ids=["pending", "silent"],
)
def test_a_page_that_is_not_ready_is_told_with_where_to_look(tmp_path: Path, said: str, told: str) -> None:
    with pytest.raises(CliError, match=rf"{told}.*kubectl get pods -n tutoriallab-system"):
        forwarded.forward(kubectl(tmp_path, f"echo '{said}' >&2"), print, print)


def test_the_end_of_a_long_complaint_does_not_hold_kubectl_up(tmp_path: Path) -> None:
    much = "i=0; while [ $i -lt 3000 ]; do echo 'E1122 an error occurred forwarding 4567 -> 8787' >&2; i=$((i+1)); done"
    told = f"echo 'Forwarding from 127.0.0.1:4567 -> 8787'; {much}"
    with pytest.raises(Forbidden):
        forwarded.forward(kubectl(tmp_path, told, f"echo '{FORBIDDEN}' >&2"), print, print)
