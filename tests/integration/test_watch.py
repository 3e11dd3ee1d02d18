"""`watch` in a terminal, as a learner has it beside the one they type in: keys, sizes, rights, and a lost cluster."""

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from builders import check, lab, step
from people import Person
from relay import Relay
from samples import plain
from terminals import ALT_OFF, ALT_ON, InTerminal
from world import World

pytestmark = pytest.mark.integration
SOURCE = Path(__file__).resolve().parents[2] / "operator"
LAB = "watched"


def environment(kubeconfig: Path, kubectl: Path, folder: Path) -> Mapping[str, str]:
    """A shell of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTORIALLAB_")}
    return {
        **kept,
        "KUBECONFIG": str(kubeconfig),
        "PYTHONPATH": str(SOURCE),
        "TUTORIALLAB_CACHE": str(folder / "cache"),
        "TUTORIALLAB_KUBECTL": str(kubectl),
    }


def watch(shell: Mapping[str, str], *arguments: str) -> InTerminal:
    """`watch` in a terminal of 80 columns and 24 lines."""
    return InTerminal([sys.executable, "-m", "tutoriallab", "watch", *arguments], shell)


@pytest.fixture
def watched(running_world: World) -> Iterator[World]:
    """A lab whose first step wants a Deployment of three, with two hints."""
    hints = [{"en": "Look at it"}, {"en": "Scale it"}]
    made = lab(LAB, step("first", check(), hints=hints), step("second", check("more")))
    running_world.apply(plain(made))
    running_world.until_verdict(LAB, "first/there", "Failing")
    yield running_world
    running_world.delete_lab(LAB)


@pytest.fixture
def shell(watched: World, tmp_path: Path) -> Mapping[str, str]:
    return environment(watched.cluster.kubeconfig, watched.cluster.kubectl_path, tmp_path)


def test_what_changes_is_drawn_hints_come_by_a_key_and_q_gives_the_terminal_back(
    watched: World, shell: Mapping[str, str]
) -> None:
    with watch(shell, LAB) as terminal:
        first = terminal.until(lambda told: "No pods yet" in told, "the map is there")
        assert "✗ Failing  It is there" in first
        assert "Deployment web does not exist in namespace watched" in first
        assert first.splitlines()[-1] == "h hint (2 left) · q quit"
        assert len(first.splitlines()) == 24

        terminal.press("h")
        terminal.until(lambda told: "Look at it" in told and "(1 left)" in told, "a hint")
        terminal.press("h")
        terminal.until(lambda told: "Scale it" in told, "another hint")
        terminal.press("h")
        terminal.until(lambda told: "no more hints: tutoriallab solve watched" in told, "that was the last")
        assert watched.get("lab", LAB)["metadata"]["annotations"]["tutoriallab.dev/hints"] == "first=2"

        watched.kubectl("-n", LAB, "create", "deployment", "web", "--image=nginx:1.17.1", "--replicas=2")
        terminal.until(lambda told: "spec.replicas is 2, wanted 3" in told, "the new verdict")
        terminal.until(lambda told: told.count("● web-") == 2, "its pods")

        # An arrow is no key of ours.
        terminal.press("\x1b[A")
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.modes() == terminal.before
        assert terminal.left().strip() == ""
        assert terminal.raw.count(ALT_ON) == terminal.raw.count(ALT_OFF) == 1


def test_a_lab_that_is_done_ends_with_its_debrief_on_the_screen_that_stays(
    watched: World, shell: Mapping[str, str]
) -> None:
    with watch(shell, LAB, "--lang", "zh") as terminal:
        terminal.until(lambda told: "未通过" in told, "the page")
        watched.kubectl("-n", LAB, "create", "deployment", "web", "--image=nginx:1.17.1", "--replicas=3")

        assert terminal.ends(30) == 0
        assert "✓ 完成：全部 2 步，20 / 20 分。" in terminal.left()
        assert terminal.modes() == terminal.before


def test_it_fills_every_size_that_the_terminal_gets(shell: Mapping[str, str]) -> None:
    with watch(shell, LAB) as terminal:
        terminal.until(lambda told: "No pods yet" in told, "the map is there")
        for columns, lines in ((40, 15), (120, 50), (80, 24)):
            terminal.resize(columns, lines)
            told = terminal.until(
                lambda told, lines=lines: len(told.splitlines()) == lines,  # type: ignore[misc]
                f"{columns} × {lines}",
            )
            assert max(map(len, told.splitlines())) == min(columns, 100)
            assert "✗ Failing" in told
            assert "q quit" in told.splitlines()[-1]


@pytest.mark.parametrize(("ends", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_and_a_kill_leave_the_terminal_as_it_was(
    shell: Mapping[str, str], ends: signal.Signals, code: int
) -> None:
    with watch(shell, LAB) as terminal:
        terminal.until(lambda told: "✗ Failing" in told, "the page")
        assert terminal.modes() != terminal.before
        if ends is signal.SIGINT:
            terminal.press("\x03")
        else:
            terminal.process.send_signal(ends)

        assert terminal.ends() == code
        assert terminal.modes() == terminal.before
        assert terminal.raw.endswith("\x1b[?25h")
        assert "Traceback" not in terminal.raw


def test_ctrl_z_gives_the_terminal_to_the_shell_until_it_goes_on(shell: Mapping[str, str]) -> None:
    with watch(shell, LAB) as terminal:
        terminal.until(lambda told: "✗ Failing" in told, "the page")
        terminal.press("\x1a")
        _, told = os.waitpid(terminal.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(told)
        terminal.read(1)
        assert terminal.raw.count(ALT_OFF) == 1
        assert terminal.modes() == terminal.before

        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda told: terminal.raw.count(ALT_ON) == 2 and "✗ Failing" in told, "it goes on")
        terminal.press("q")
        assert terminal.ends() == 0


def test_while_the_cluster_is_away_it_says_since_when_and_goes_on_by_itself(
    watched: World, tmp_path: Path
) -> None:
    relay = Relay(watched.cluster.kubeconfig, tmp_path)
    with watch(environment(relay.kubeconfig, watched.cluster.kubectl_path, tmp_path), LAB) as terminal:
        terminal.until(lambda told: "No pods yet" in told, "the map is there")
        relay.cut()
        lost = terminal.until(lambda told: "Nothing seen since" in told, "the loss")
        assert "✗ Failing" in lost
        watched.kubectl("-n", LAB, "create", "deployment", "web", "--image=nginx:1.17.1", "--replicas=2")
        # The seconds go on while nothing comes.
        terminal.until(lambda told: "(2 s)" in told or "(3 s)" in told, "the seconds")

        relay.join()
        back = terminal.until(
            lambda told: "wanted 3" in told and told.count("● web-") == 2, "what happened meanwhile"
        )
        assert "Nothing seen since" not in back

        relay.cut()
        terminal.until(lambda told: "Nothing seen since" in told, "the loss")
        begun = time.monotonic()
        terminal.press("q")
        assert terminal.ends() == 0
        assert time.monotonic() - begun < 3


def test_a_learner_who_may_not_list_nodes_sees_where_the_pods_are(anna: Person, tmp_path: Path) -> None:
    shell = environment(anna.kubeconfig, anna.kubectl_path, tmp_path)
    with watch(shell, "exam", "-n", "academy") as terminal:
        told = terminal.until(lambda told: "Where it runs" in told and "web-" in told, "the map")

        assert "You may not list nodes: their state is not shown." in told
