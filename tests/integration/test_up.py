"""`up` and `down` as a new user types them, with a home and a cache of their own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tutoriallab.cluster.places import Places

pytestmark = pytest.mark.integration
SOURCE = Path(__file__).resolve().parents[2] / "operator"
NAME = "uptest"
EXTRA = "tutoriallab-operator-extra-kinds"


@dataclass
class User:
    """Somebody with an empty home."""

    environment: dict[str, str]
    home: Path

    def types(self, *arguments: str, timeout: float | None = None) -> str:
        """stdout and stderr of a command that succeeds; with a timeout it is killed then, and nothing is said."""
        argv = [sys.executable, "-m", "tutoriallab", *arguments, "--name", NAME]
        if timeout is not None:
            argv = ["timeout", "-s", "KILL", str(timeout), *argv]
        ran = subprocess.run(
            argv, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert timeout is not None or ran.returncode == 0, ran.stderr
        return ran.stdout + ran.stderr

    def types_on_the_context(self, *arguments: str) -> str:
        """stdout of a command for labs, which goes by the current context."""
        argv = [sys.executable, "-m", "tutoriallab", *arguments]
        ran = subprocess.run(
            argv, env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def kubectl(self, *arguments: str) -> str:
        """What kubectl says to them."""
        cache = self.home.parent / "kubectl-cache"
        argv = [self.environment["TUTORIALLAB_KUBECTL"], f"--cache-dir={cache}", *arguments]
        return subprocess.run(
            argv, env=self.environment, capture_output=True, text=True, check=True, timeout=30
        ).stdout

    def context(self) -> str:
        return str(yaml.safe_load((self.home / ".kube" / "config").read_text()).get("current-context"))


@pytest.fixture
def user(places: Places, tmp_path: Path) -> Iterator[User]:
    home = tmp_path / "home"
    (home / ".kube").mkdir(parents=True)
    context = {"name": "work", "context": {"cluster": "work", "user": "me"}}
    config = {"apiVersion": "v1", "kind": "Config", "contexts": [context], "current-context": "work"}
    (home / ".kube" / "config").write_text(yaml.safe_dump(config))
    programs = {
        f"TUTORIALLAB_{name.upper().replace('-', '_')}": str(path) for name, path in places.programs.items()
    }
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(SOURCE),
        "TUTORIALLAB_CACHE": str(tmp_path / "cache"),
        "TUTORIALLAB_PROVIDER": "embedded",
        **programs,
    }
    made = User(environment, home)
    yield made
    made.types("down")


def processes(folder: Path) -> list[str]:
    """Command lines and environments that speak of a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in told and process.name != str(os.getpid()):
            found.append(told.replace(b"\0", b" ").decode(errors="replace")[:200])
    return found


def test_up_ends_with_the_task_and_down_leaves_nothing(user: User, tmp_path: Path) -> None:
    first = user.types("up")
    assert f"Cluster {NAME} was made" in first
    assert f"kubectl's context is now tutoriallab-{NAME}, it was work" in first
    assert "Step 1 of 1" in first
    assert f"tutoriallab down --name {NAME}" in first
    page = user.types_on_the_context("page", "--no-browser").partition("#key=")[0]
    assert page.startswith("http://127.0.0.1:")
    assert "changes of lab first-deployment" in user.types_on_the_context(
        "replay", "-o", f"{tmp_path}/it.html"
    )

    begun = time.monotonic()
    again = user.types("up")
    assert f"Cluster {NAME} was there, the operator was running" in again
    assert time.monotonic() - begun < 15
    assert "Step 1 of 1" in again

    # It goes on where the learner is: no lab again that is done, but the one that is open.
    user.types_on_the_context("solve")
    between = user.types("up")
    assert "Step " not in between
    assert "tutoriallab next " in between
    user.types_on_the_context("next")
    assert "tutoriallab use cluster-tour" in user.types("up")

    # What is set otherwise needs an operator that knows, and rights for it; both go again.
    user.environment["TUTORIALLAB_EXTRA_KINDS"] = "apps/v1/ControllerRevision"
    assert f"Cluster {NAME} was there, the operator is running" in user.types("up")
    assert EXTRA in user.kubectl("get", "clusterroles", "-o", "name")
    assert "the operator was running" in user.types("up")
    del user.environment["TUTORIALLAB_EXTRA_KINDS"]
    assert "the operator is running" in user.types("up")
    assert EXTRA not in user.kubectl("get", "clusterroles", "-o", "name")
    assert user.types_on_the_context("page", "--no-browser").startswith(page)

    gone = user.types("down")
    assert "The operator is stopped." in gone
    assert "the current one is work" in gone
    assert user.context() == "work"
    assert "There is nothing to take away" in user.types("down")
    assert processes(tmp_path / "cache") == []
    assert sorted(file.name for file in user.home.rglob("*")) == [".kube", "config"]


@pytest.mark.slow
def test_killed_at_any_moment_up_goes_on_the_next_time(user: User, tmp_path: Path) -> None:
    for moment in (0.5, 1.5, 3.0, 4.5):
        user.types("up", timeout=moment)

    assert "Step 1 of 1" in user.types("up")
    operators = [told for told in processes(tmp_path / "cache") if "-m tutoriallab operator" in told]
    assert len(operators) == 1
