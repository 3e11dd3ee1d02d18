import re

import pytest

from tutoriallab.cluster.pins import PROGRAMS, Program, parse_version, serves, wanted
from tutoriallab.data import programs_dir


@pytest.mark.parametrize(
    ("output", "version"),
    [
        ("Kubernetes v1.34.4", (1, 34, 4)),
        ("etcd Version: 3.6.8\nGit SHA: none\nGo Version: go1.26.8", (3, 6, 8)),
        ("kwok version v0.7.0 go1.26.8 (linux/amd64)", (0, 7, 0)),
        ("Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0", (1, 32, 4)),
        ('Client Version: version.Info{Major:"1", Minor:"20+", GitVersion:"v1.20.2"}', (1, 20, 2)),
        ("command not found", None),
        ("", None),
    ],
)
def test_a_version_is_read_from_what_a_program_says(
    output: str, version: tuple[int, int, int] | None
) -> None:
    assert parse_version(output) == version


@pytest.mark.parametrize(
    ("program", "version", "fits"),
    [
        ("kubectl", (1, 33, 0), True),
        ("kubectl", (1, 35, 9), True),
        ("kubectl", (1, 32, 4), False),
        ("kubectl", (1, 36, 0), False),
        ("kube-apiserver", (1, 34, 0), True),
        ("kube-apiserver", (1, 33, 9), False),
        ("etcd", (3, 5, 21), True),
        ("etcd", (3, 6, 1), True),
        ("etcd", (3, 4, 30), False),
        ("kwok", (0, 7, 9), True),
        ("kwokctl", (0, 6, 0), False),
        ("kind", (0, 33, 1), True),
        ("kind", (0, 29, 0), False),
    ],
)
def test_only_versions_that_work_together_serve(
    program: str, version: tuple[int, int, int], fits: bool
) -> None:
    assert serves(PROGRAMS[program], version) is fits


def test_wanted_versions_read_as_a_person_writes_them() -> None:
    assert wanted(PROGRAMS["kubectl"]) == "1.33.x, 1.34.x or 1.35.x"
    assert wanted(PROGRAMS["kwok"]) == "0.7.x"


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_go_module_pins_the_version_that_is_named_here(program: Program) -> None:
    text = (programs_dir() / program.module.name / "go.mod").read_text()
    module = {
        "kubernetes": "k8s.io/kubernetes",
        "etcd": "go.etcd.io/etcd/server/v3",
        "kwok": "sigs.k8s.io/kwok",
        "kind": "sigs.k8s.io/kind",
        "helm": "helm.sh/helm/v3",
    }
    pinned = re.search(
        rf"^\s*(?:require )?{module[program.module.name]} v(\S+)(?: // indirect)?$", text, re.MULTILINE
    )
    assert pinned is not None
    assert pinned[1] == program.module.version
    assert f"tool {program.package}\n" in text
