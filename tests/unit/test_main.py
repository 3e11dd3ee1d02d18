"""What is run by its name from a terminal, and says at once what it lacks."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "tutoriallab page-server: TUTORIALLAB_PAGE is empty: set it to HOST:PORT"),
        ({"TUTORIALLAB_PAGE": "x", "KUBECONFIG": "/none"}, "tutoriallab page-server: "),
    ],
    ids=["no address", "no cluster"],
)
def test_the_page_alone_says_what_it_lacks(settings: dict[str, str], said: str) -> None:
    command = [sys.executable, "-m", "tutoriallab", "page-server"]
    environment = {**os.environ, "TUTORIALLAB_PAGE": "", **settings}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(said)
    assert "Traceback" not in done.stderr
