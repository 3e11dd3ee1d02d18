"""Scripts declare in comments what they are for."""

import subprocess
from pathlib import Path

import pytest

from pages import seen, status
from tutoriallab.cli.scripts import plugin, read_script, variables


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


def test_a_script_gets_kind_where_it_calls_it(tmp_path: Path) -> None:
    file = tmp_path / "a.sh"
    file.write_text(
        "kind load docker-image web:1 --name mine\nkubectl apply -f - <<'YAML'\nkind: Pod\nYAML\n"
    )
    assert read_script(file).helpers == ("kind",)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("helm install web ./web\n", True),
        ("cd web\n    helm upgrade web .\n", True),
        ("kubectl get pods | helm list\n", True),
        ("name=$(helm list -q)\n", True),
        ("true &&helm list\n", True),
        ("# With helm, not by hand.\nkubectl get secrets -l owner=helm -o name\n", False),
        ("kubectl get deployment helm -o yaml\nhelmfile apply\n", False),
    ],
)
def test_a_script_gets_helm_where_it_calls_it(tmp_path: Path, text: str, calls: bool) -> None:
    file = tmp_path / "a.sh"
    file.write_text(f"#!/bin/sh\n{text}")
    assert read_script(file).helpers == (("helm",) if calls else ())
