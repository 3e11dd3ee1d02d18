"""Scripts declare in comments what they are for."""

import subprocess
from pathlib import Path

import pytest

from pages import seen, status
from tutoriallab.cli.scripts import plugin, read_script, tools, variables


def test_a_head_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.sh"
    file.write_text("#!/bin/sh\n# step: one\n# check: two\n# message: is 2, wanted 3\nx\n# step: later\n")

    script = read_script(file)

    assert (script.step, script.check, script.message) == ("one", "two", "is 2, wanted 3")
    assert script.steps == ((2, "one"), (6, "later"))


def test_a_script_knows_workspace_lab_and_nodes() -> None:
    lab = seen(told=status(nodes={"node1": "worker2"}))

    assert variables(lab) == {
        "WORKSPACE": "demo",
        "LAB": "demo",
        "LAB_NAMESPACE": "default",
        "NODE1": "worker2",
    }


def test_scripts_have_us_as_kubectls_plugin_wherever_they_run(tmp_path: Path) -> None:
    program = tmp_path / "kubectl-lab"
    program.write_text(plugin())
    program.chmod(0o755)

    ran = subprocess.run(
        [str(program), "node", "halt", "x y"], cwd="/", env={}, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert "kubectl lab node" in ran.stderr
    assert "'halt' is not one of 'stop', 'start'" in ran.stderr


def test_scripts_of_labs_that_load_images_have_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = tmp_path / "kind"
    kind.write_text("#!/bin/sh\necho kind v0.33.0\n")
    kind.chmod(0o755)
    monkeypatch.setenv("TUTORIALLAB_KIND", str(kind))

    assert tools(seen(requires={"capabilities": ["Containers", "ImageLoad"]})) == [kind]
    assert tools(seen(requires={"capabilities": ["Containers"]})) == []
