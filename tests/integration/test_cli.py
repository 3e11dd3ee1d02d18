"""The command line as a person uses it, on a real cluster with the operator at work."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

from tutoriallab.cli.catalogue import find_entry

pytestmark = pytest.mark.integration
SOURCE = Path(__file__).resolve().parents[2] / "operator"
#: Seconds that any one command may take.
PATIENCE = 300


class Cluster(Protocol):
    """What the fixture `cluster` gives."""

    kubeconfig: Path
    kubectl_path: Path

    def kubectl(self, *arguments: str, stdin: str = "") -> str: ...


class World(Protocol):
    """What the fixture `world` gives."""

    cluster: Any


def with_ctrl_c() -> None:
    """In the child: a shell starts background jobs, such as a CI's, with Ctrl-C ignored, and children inherit it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Person:
    """Somebody at a shell, with a kubeconfig and a cache of their own."""

    environment: dict[str, str]
    cluster: Cluster

    def argv(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tutoriallab", *arguments]

    def types(self, *arguments: str, code: int = 0) -> str:
        """What a command says, on stdout or, when it fails, on stderr."""
        ran = subprocess.run(
            self.argv(*arguments),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert ran.returncode == code, f"{arguments}: {ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr
        return ran.stdout if code == 0 else ran.stderr

    def begins(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command that goes on, in a group of its own, which hears Ctrl-C."""
        return subprocess.Popen(
            self.argv(*arguments),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=with_ctrl_c,
            start_new_session=True,
        )

    def says_beside(self, *arguments: str) -> str:
        """What a command says on stderr, beside what a program reads."""
        ran = subprocess.run(
            self.argv(*arguments),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return ran.stderr

    def reads(self, *arguments: str) -> Any:
        """What a program reads."""
        return json.loads(self.types(*arguments, "-o", "json"))


@pytest.fixture
def person(world: World, tmp_path: Path) -> Iterator[Person]:
    cluster: Cluster = world.cluster
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(cluster.kubeconfig.read_text())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TUTORIALLAB_")},
        "KUBECONFIG": str(kubeconfig),
        "PYTHONPATH": str(SOURCE),
        "TUTORIALLAB_CACHE": str(tmp_path / "cache"),
        "TUTORIALLAB_KUBECTL": str(cluster.kubectl_path),
    }
    yield Person(environment, cluster)
    cluster.kubectl("delete", "labs", "--all", "--all-namespaces", "--wait=false")


def remove_all_labs(cluster: Cluster) -> None:
    """No lab of this test, or of one before it, is left."""
    cluster.kubectl("delete", "labs", "--all", "--all-namespaces", "--wait=false")
    deadline = time.monotonic() + 60
    while cluster.kubectl("get", "labs", "--all-namespaces", "-o", "name").strip():
        assert time.monotonic() < deadline, "the labs of the former test do not go"
        time.sleep(0.2)


@pytest.fixture(autouse=True)
def _empty(world: World) -> None:
    remove_all_labs(world.cluster)


def test_a_learner_goes_through_a_lab(person: Person) -> None:
    task = person.types("start", "first-deployment")
    assert "Step 1 of 1" in task
    assert "kubectl -n first-deployment" in task

    listed = {row["name"]: row for row in person.reads("ls")}
    assert listed["first-deployment"]["running"][0]["phase"] == "Active"
    assert "running already" not in person.types("start", "first-deployment")

    assert "Hints 1/" in person.types("hint")
    assert person.reads("hint")["number"] == 2

    assert person.reads("status")["step"]["checks"][0]["verdict"] == "Failing"
    person.cluster.kubectl(
        "-n", "first-deployment", "create", "deployment", "nginx-deployment", "--image=nginx:1.7.9"
    )
    told = person.types("watch")

    assert "first-deployment: Completed, 1/1" in told
    assert person.reads("status", "first-deployment")["phase"] == "Completed"


def test_one_lab_leads_to_the_next(person: Person) -> None:
    assert person.reads("next")["lab"] == "first-deployment"
    assert "not done yet" in person.says_beside("next")
    person.types("solve", "first-deployment")

    second = person.reads("next")["lab"]
    assert second == "cluster-tour"

    # The simulated nodes run no containers: what needs them is named and left out.
    said = person.says_beside("next", "--track", "pods", "--skip")
    assert "Lab pod-base is left out: The lab needs Containers" in said
    assert said.count("is left out") == 1
    assert "From track basics on to track pods: " in said
    running = {row["name"] for row in person.reads("ls") if row["running"]}
    assert running == {"first-deployment", "cluster-tour", "pod-resources"}


def test_labs_begin_in_the_language_of_the_terminal(person: Person, tmp_path: Path) -> None:
    person.environment |= {"LC_ALL": "zh_CN.UTF-8"}
    assert "入门" in person.types("ls", "--track", "basics")
    said = person.types("start", "scale")
    assert "检查项" in said
    assert person.cluster.kubectl("get", "lab", "scale", "-o", "jsonpath={.spec.language}") == "zh"

    # It stays the lab's own; who wants another says so once, and a lab's file has the last word.
    person.environment |= {"LC_ALL": "C.UTF-8"}
    assert "检查项" in person.types("status", "scale")
    assert "What is checked" in person.types("status", "scale", "--lang", "en")
    person.environment |= {"LC_ALL": "zh_CN.UTF-8"}
    file = tmp_path / "lab.yaml"
    body = yaml.safe_load(find_entry("labels").file.read_text(encoding="utf-8"))
    body["spec"]["language"] = "en"
    file.write_text(yaml.safe_dump(body))
    assert "What is checked" in person.types("start", str(file))


def test_solve_and_reset(person: Person) -> None:
    person.types("start", "first-deployment", "--no-wait")
    person.types("start", "first-deployment")

    solved = person.types("solve")
    assert "$ kubectl -n first-deployment" in solved
    assert "✓ Done" in solved

    assert "say --yes" in person.types("reset", "first-deployment", code=1)
    assert "Step 1 of 1" in person.types("reset", "first-deployment", "--yes")


def test_answers_are_judged_also_the_same_one_after_a_reset(person: Person, tmp_path: Path) -> None:
    lab = {
        "apiVersion": "tutoriallab.dev/v1alpha1",
        "kind": "TutorialLab",
        "metadata": {"name": "asked"},
        "spec": {
            "title": {"en": "A question"},
            "steps": [
                {
                    "name": name,
                    "title": {"en": "Say it"},
                    "task": {"en": "Say it"},
                    "checks": [
                        {"name": check, "says": {"en": "?"}, "answer": {}, "expect": ["answer == 'yes'"]}
                    ],
                }
                for name, check in (("first", "sure"), ("second", "really"))
            ],
        },
    }
    file = tmp_path / "lab.json"
    file.write_text(json.dumps(lab))
    person.types("start", str(file))

    assert "no question 'nix'" in person.types("answer", "nix", "yes", code=1)
    assert person.reads("answer", "sure", "no")["verdict"] == "Failing"
    assert person.reads("answer", "asked", "sure", "yes")["progress"] == "1/2"
    person.types("reset", "asked", "--yes")
    assert person.reads("status")["progress"] == "0/2"
    answered = person.reads("answer", "sure", "yes")
    assert (answered["progress"], answered["verdict"]) == ("1/2", "Passed")
    assert person.reads("answer", "really", "not", "quite")["verdict"] == "Failing"

    # Two labs: once both are done, the one that was done last is meant.
    lab["metadata"] = {"name": "asked-too"}
    file.write_text(json.dumps(lab))
    person.types("start", str(file))
    for name in ("asked-too", "asked"):
        person.types("answer", name, "sure", "yes")
        assert "✓ Passed" in person.types("answer", name, "really", "yes")
    assert person.reads("status")["lab"] == "asked"


def test_a_labs_files_are_written_and_what_was_changed_is_kept(person: Person, tmp_path: Path) -> None:
    person.types("start", "gitops")
    folder = tmp_path / "mine"

    said = person.types("files", "--into", str(folder))
    assert f"{folder}/desired/service.yaml     written" in said
    assert f"Next: cd {folder}, then tutoriallab status gitops" in said
    assert "namespace: gitops\n" in (folder / "desired/service.yaml").read_text()
    assert person.cluster.kubectl(
        "create", "--dry-run=server", "-o", "name", "-f", f"{folder}/desired"
    ).split() == [
        "deployment.apps/web",
        "service/web",
        "configmap/web-settings",
    ]

    (folder / "desired/service.yaml").write_text("mine")
    assert "service.yaml     kept, as it was changed" in person.types(
        "files", "gitops", "--into", str(folder)
    )
    told = person.reads("files", "gitops", "--into", str(folder), "--force")
    assert {Path(one["path"]).name: one["state"] for one in told} == {
        "deployment.yaml": "same",
        "service.yaml": "written",
        "settings.yaml": "same",
    }
    person.types("start", "scale")
    assert "Lab scale has no files" in person.types("files", "scale", code=1)


def test_a_lab_is_found_from_its_workspace_and_the_namespace_is_put_back(person: Person) -> None:
    person.types("start", "first-deployment")
    person.types("start", "scale")
    assert "Several labs are running" in person.types("status", code=1)

    assert "is now scale, it was default" in person.types("use", "scale")
    assert person.reads("status")["lab"] == "scale"
    assert person.reads("status", "first-deployment")["lab"] == "first-deployment"

    assert "is default again" in person.types("use", "-")
    assert "的命名空间现在是 scale，之前是 default。" in person.types("use", "scale", "--lang", "zh")
    assert "的命名空间又是 default 了，之前是 scale。" in person.types("use", "-")
    assert "Nothing to go back to" in person.types("use", "-", code=1)


def test_whoever_uses_a_labs_workspace_goes_along_into_that_of_the_next(person: Person) -> None:
    person.types("start", "first-deployment")
    person.types("use", "first-deployment")
    assert json.loads(person.types("start", "scale", "-o", "json"))["lab"] == "scale"

    assert person.reads("status")["lab"] == "scale"
    assert "is default again, it was scale" in person.types("use", "-")


def test_what_the_cluster_cannot_do_is_said(person: Person, tmp_path: Path) -> None:
    blocked = {
        "apiVersion": "tutoriallab.dev/v1alpha1",
        "kind": "TutorialLab",
        "metadata": {"name": "contained"},
        "spec": {
            "title": {"en": "x"},
            "requires": {"capabilities": ["Containers"]},
            "steps": [
                {
                    "name": "one",
                    "title": {"en": "x"},
                    "task": {"en": "x"},
                    "checks": [{"name": "a", "says": {"en": "x"}, "expect": ["true"]}],
                }
            ],
        },
    }
    file = tmp_path / "lab.json"
    file.write_text(json.dumps(blocked))

    assert "Lab contained is Blocked: The lab needs Containers" in person.types("start", str(file), code=1)

    del blocked["spec"]["steps"]  # type: ignore[attr-defined]
    file.write_text(json.dumps(blocked))
    assert "The cluster refuses the lab" in person.types("start", str(file), code=1)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("start", "first-deploymnt"), "did you mean first-deployment?"),
        (("status",), "No lab is running"),
        (("status", "nix"), "No lab called nix is running"),
        (("--context", "nix", "status"), "There is no context nix"),
        (("solve", "--context", "nix"), "There is no context nix"),
    ],
)
def test_errors_are_one_sentence(person: Person, arguments: tuple[str, ...], wanted: str) -> None:
    said = person.types(*arguments, code=1)

    assert wanted in said
    assert said.count("\n") == 1


def test_without_a_cluster_the_catalogue_can_still_be_read(person: Person) -> None:
    person.environment["KUBECONFIG"] = "/nowhere"

    assert {row["name"] for row in person.reads("ls")} >= {"first-deployment", "scale"}
    assert "There is no cluster: run `tutoriallab up`" in person.types("status", code=1)
    (said,) = person.types("prove", "first-deployment", code=1).splitlines()
    assert "There is no cluster: run `tutoriallab up`" in said


def test_ctrl_c_ends_watch_quietly(person: Person) -> None:
    person.types("start", "first-deployment")
    watching = person.begins("watch")
    assert watching.stdout
    assert "Active" in watching.stdout.readline()

    watching.send_signal(signal.SIGINT)
    _, said = watching.communicate(timeout=10)

    assert (watching.returncode, said) == (130, "")


def test_a_lab_that_is_deleted_ends_watch(person: Person) -> None:
    person.types("start", "first-deployment")
    watching = person.begins("watch", "first-deployment")
    assert watching.stdout
    assert "Active" in watching.stdout.readline()

    person.cluster.kubectl("delete", "lab", "first-deployment", "--wait=false")
    _, said = watching.communicate(timeout=PATIENCE)

    assert watching.returncode == 1
    assert "was deleted" in said


def broken(labs: Path) -> Path:
    """A lab whose solution does too little and whose mutant is none."""
    place = labs / "pods" / "made"
    (place / "mutants").mkdir(parents=True)
    (place / "lab.yaml").write_text(
        """
apiVersion: tutoriallab.dev/v1alpha1
kind: TutorialLab
metadata: {name: made}
spec:
  title: {en: x}
  steps:
  - name: one
    title: {en: x}
    task: {en: x}
    checks:
    - name: map
      says: {en: x}
      given: {made: {apiVersion: v1, kind: ConfigMap, name: made}}
      expect: ['made.data["a"] == "1"']
"""
    )
    head = '#!/bin/sh\n# step: one\n# check: map\n# message: wanted\nkubectl -n "$WORKSPACE" create configmap made '
    for name, rest in {"solution.sh": "a=1", "mutants/a.sh": "--from-literal=a=1"}.items():
        (place / name).write_text(head + rest + "\n")
        (place / name).chmod(0o755)
    return place


@pytest.mark.slow
def test_prove_explains_what_is_not_as_it_must_be(person: Person, tmp_path: Path) -> None:
    place = broken(tmp_path)

    ran = subprocess.run(
        person.argv("prove", str(place), "-o", "json"),
        env=person.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    result = json.loads(ran.stdout)[0]
    solution, mutant = result["proofs"]
    assert ran.returncode == 1
    assert result["startFails"] is True
    assert solution["wanted"] == "the script ends with exit code 0"
    assert "exactly one NAME is required" in solution["output"]
    assert "check map is Failing with 'wanted'" in mutant["wanted"]
    assert "the lab is Completed" in mutant["seen"]
    assert "prove-" not in person.cluster.kubectl("get", "namespaces", "-o", "name")


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_on_prove_leaves_nothing_nor_does_the_end_of_a_job(
    person: Person, ends: signal.Signals
) -> None:
    assert "prove-" not in person.cluster.kubectl("get", "namespaces", "-o", "name")
    proving = person.begins("prove", "scale")
    deadline = time.monotonic() + 30
    while "namespace/prove-" not in person.cluster.kubectl("get", "namespaces", "-o", "name"):
        assert time.monotonic() < deadline
        time.sleep(0.1)

    os.killpg(proving.pid, ends)
    _, said = proving.communicate(timeout=PATIENCE)

    assert proving.returncode == 130, said
    assert "prove-" not in person.cluster.kubectl("get", "namespaces", "-o", "name")
