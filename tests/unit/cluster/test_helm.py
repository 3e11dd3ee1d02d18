from pathlib import Path

import pytest

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.helm import Helm, Revision, revisions, sentence
from tutoriallab.cluster.kubectl import Kubectl


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_revisions_are_told_by_their_secrets_and_by_the_mark_of_up(tmp_path: Path) -> None:
    said = (
        '{"name":"tutoriallab","owner":"helm","status":"pending-upgrade","version":"10"}\\n'
        '{"name":"tutoriallab","status":"deployed","version":"9","tutoriallab.dev/up":"abc"}'
    )
    kubectl = Kubectl([str(program(tmp_path, "kubectl", f"printf '{said}'"))], tmp_path)
    assert revisions(kubectl) == [Revision(9, "deployed", "abc"), Revision(10, "pending-upgrade", "")]
    assert [one.under_way for one in revisions(kubectl)] == [False, True]


def test_what_an_interrupted_run_left_under_way_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    said = '{"status":"deployed","version":"1"}\\n{"status":"pending-upgrade","version":"2"}'
    script = f"echo \"$*\" >> {tmp_path}/asked\ncase $1$2 in *get*) printf '{said}' ;; esac"
    kubectl = Kubectl([str(program(tmp_path, "kubectl", script.replace("$1$2", '"$*"')))], tmp_path)
    assert Helm(Path("/helm"), [], tmp_path, {}).clear_interrupted(kubectl)
    deleted = (tmp_path / "asked").read_text().splitlines()[-1]
    assert "delete secret sh.helm.release.v1.tutoriallab.v2 --namespace=tutoriallab-system" in deleted
    assert "v1.tutoriallab.v1" not in deleted


def test_helm_gets_none_of_the_users_own_settings_but_the_way_to_the_cluster(tmp_path: Path) -> None:
    given = {"HELM_DRIVER": "configmap", "HELM_NAMESPACE": "x", "KUBECONFIG": "/c", "PATH": "/usr/bin:/bin"}
    said = Helm(program(tmp_path, "helm", 'echo "$*"; env'), ["--kube-context=school"], tmp_path, given)(
        "list"
    )
    assert said.startswith("--namespace=tutoriallab-system --kube-context=school list\n")
    told = dict(line.split("=", 1) for line in said.splitlines()[1:])
    assert told["KUBECONFIG"] == "/c"
    assert {name: value for name, value in told.items() if name.startswith("HELM_")} == {
        "HELM_CACHE_HOME": f"{tmp_path}/helm/cache",
        "HELM_CONFIG_HOME": f"{tmp_path}/helm/config",
        "HELM_DATA_HOME": f"{tmp_path}/helm/data",
    }


def test_a_helm_that_fails_is_told_in_its_own_words(tmp_path: Path) -> None:
    helm = Helm(program(tmp_path, "helm", "echo 'Error: no deployed releases' >&2; exit 1"), [], tmp_path, {})
    with pytest.raises(
        ClusterError, match=r"^helm upgrade failed \(no deployed releases\): see what went wrong"
    ):
        helm("upgrade")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (
            "Error: values don't meet the specifications of the schema(s) in the following chart(s):\ntutoriallab:\n"
            "- at '/leaseIdle': minimum: got 0.5, want 1\n\n",
            "helm upgrade failed (at '/leaseIdle': minimum: got 0.5, want 1): "
            "correct the setting, see docs/settings.md.",
        ),
        (
            "Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress",
            "helm upgrade failed (UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress): "
            "another helm works on it: wait for it, and run this again.",
        ),
        ("", "helm upgrade failed (it gave no reason): see what went wrong, and run this again."),
    ],
    ids=["a value", "another one", "silent"],
)
def test_what_helm_says_becomes_one_sentence_with_a_way_out(said: str, text: str) -> None:
    assert sentence("upgrade", said) == text
