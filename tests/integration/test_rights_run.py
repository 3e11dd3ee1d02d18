"""The end of a run, in a project of three tests whose cluster is nothing but its audit log; pytest is the real one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rights import PROVISIONER, WITHIN, Right, rules

TESTS = Path(__file__).resolve().parents[1]
WORN = "system:serviceaccount:demo:tutoriallab-provisioner"
CONFTEST = """
import json
from pathlib import Path
import pytest
from rights_run import RightsOfARun

def pytest_configure(config):
    RightsOfARun.register(config)

@pytest.fixture(scope="session")
def log(pytestconfig, tmp_path_factory):
    file = tmp_path_factory.mktemp("logs") / "audit.log"
    file.touch()
    yield file
    RightsOfARun.of(pytestconfig).read([file])
"""
TEST = """
from pathlib import Path

def test_it(log):
    with log.open("a") as file:
        file.write(Path(__file__).with_suffix(".log").read_text())
"""
ALL = [right for rule in rules() for right in rule.rights if right not in WITHIN]


def asking(right: Right) -> str:
    """The line of an audit log that uses a right."""
    resource, _, subresource = right.resource.partition("/")
    place = {"apiGroup": right.group, "resource": resource, "subresource": subresource, "name": right.name}
    made = right.verb == "create" and right.name
    event: dict[str, Any] = {
        "verb": "patch" if made else right.verb,
        "user": {"username": right.holder},
        "objectRef": place | {"namespace": right.namespace},
        "responseStatus": {"code": 201 if made else 200},
        "annotations": {"authorization.k8s.io/decision": "allow"},
    }
    if right.holder == PROVISIONER or right.verb == "impersonate":
        event |= {"impersonatedUser": {"username": WORN}}
    return json.dumps(event) + "\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two files of tests with a cluster, which use all rights between them, and one without."""
    tests = tmp_path / "tests"
    for folder in ("integration", "labs", "unit"):
        (tests / folder).mkdir(parents=True)
    (tests / "conftest.py").write_text(CONFTEST)
    (tests / "rights_run.py").write_text((TESTS / "rights_run.py").read_text())
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    (tests / "unit" / "test_unit.py").write_text("def test_unit():\n    pass\n")
    for place, used in (("integration/test_a", ALL[::2]), ("labs/test_b", ALL[1::2])):
        (tests / f"{place}.py").write_text(TEST)
        (tests / f"{place}.log").write_text("".join(map(asking, used)))
    return tmp_path


def run(project: Path, *arguments: str, ci: str = "") -> tuple[int, str]:
    """The exit code, and what is said of rights."""
    # What this run of pytest tells its children is not meant for that one.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**inherited, "PYTHONPATH": f"{project / 'tests'}:{TESTS}", "CI": ci}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *(arguments or ["tests"])],
        cwd=project, env=environment, capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    said = done.stdout.partition("rights of the operator")[2].partition("\n")[2]
    return done.returncode, said.partition("\n====")[0].strip()


BOTH = pytest.mark.parametrize(
    "how", [("tests",), ("tests", "-n2", "--dist=loadfile")], ids=["one process", "two workers"]
)


@BOTH
def test_a_run_in_which_all_was_used_passes(project: Path, how: tuple[str, ...]) -> None:
    assert run(project, *how, ci="true") == (0, "Each was used.")


@BOTH
def test_a_run_in_which_something_was_not_used_fails_and_names_it(
    project: Path, how: tuple[str, ...]
) -> None:
    (project / "tests" / "labs" / "test_b.log").write_text("".join(map(asking, ALL[3::2])))
    code, said = run(project, *how)
    assert (code, said) == (
        1,
        "operator.yaml: tutoriallab-operator, rule 1: nothing used `list` on tutoriallabs.tutoriallab.dev",
    )


SOME = [
    ["tests/integration"],
    ["tests", "-k", "test_a"],
    ["tests/integration/test_a.py::test_it", "tests/labs"],
]


@pytest.mark.parametrize("arguments", SOME, ids=["a folder", "by name", "one test"])
def test_a_run_of_some_tests_is_not_checked(project: Path, arguments: list[str]) -> None:
    told = "Not checked: only some of the tests that need a cluster have run."
    assert run(project, *arguments) == (0, told)


def test_a_run_of_some_tests_fails_in_ci(project: Path) -> None:
    code, said = run(project, "tests/labs", ci="true")
    assert code == 1
    assert said.endswith("CI has to run all of them in one run: pytest tests")


def test_a_run_without_any_cluster_says_nothing(project: Path) -> None:
    assert run(project, "tests/unit", ci="true") == (0, "")


def test_a_run_with_a_failure_is_not_checked(project: Path) -> None:
    (project / "tests" / "unit" / "test_unit.py").write_text("def test_unit():\n    assert False\n")
    (project / "tests" / "labs" / "test_b.log").write_text("")
    assert run(project) == (1, "Not checked: not all tests passed.")


def test_a_cluster_that_leaves_no_log_is_told(project: Path) -> None:
    conftest = project / "tests" / "conftest.py"
    conftest.write_text(conftest.read_text().replace("read([file])", "read([])"))
    assert run(project) == (
        1,
        "No cluster left an audit log: see the fixture `cluster` in tests/conftest.py.",
    )
