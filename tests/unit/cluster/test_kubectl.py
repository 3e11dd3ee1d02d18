from pathlib import Path

import pytest

from tutoriallab.cluster.kubectl import Access, Kubectl, KubectlError


def test_kubectl_and_helm_reach_the_same_cluster_by_the_names_that_each_has_for_it() -> None:
    own = Access(Path("/k"), kubeconfig=Path("/c"))
    assert (own.command, own.helm_options) == (["/k", "--kubeconfig=/c"], ["--kubeconfig=/c"])
    school = Access(Path("/k"), context="school")
    assert (school.command, school.helm_options) == (["/k", "--context=school"], ["--kube-context=school"])


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
            "kubectl apply failed (The connection to the server 127.0.0.1:1 was refused - did you specify the right "
            "host or port?): see whether the cluster is up.",
        ),
        (
            'error: context "zz" does not exist',
            'kubectl apply failed (context "zz" does not exist): '
            "name a context that kubectl config get-contexts shows.",
        ),
        (
            "Warning: x\nError from server (Forbidden): clusterroles is forbidden",
            "kubectl apply failed (Error from server (Forbidden): clusterroles is forbidden): "
            "use a context with the rights of a cluster administrator.",
        ),
        ("", "kubectl apply failed (it gave no reason): see what kubectl version says, and try again."),
    ],
    ids=["refused", "no such context", "no rights", "silent"],
)
def test_what_kubectl_says_becomes_one_sentence_with_a_way_out(
    tmp_path: Path, said: str, message: str
) -> None:
    (tmp_path / "said").write_text(said, encoding="utf-8")
    program = tmp_path / "kubectl"
    program.write_text(f"#!/bin/sh\ncat >/dev/null\ncat {tmp_path}/said >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(KubectlError) as caught:
        Kubectl([str(program)], tmp_path)("apply", "-f", "-", given="kind: List")
    assert str(caught.value) == message


def test_a_kubectl_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KubectlError, match="nowhere/kubectl cannot be run"):
        Kubectl([str(tmp_path / "nowhere" / "kubectl")], tmp_path)("get", "pods")
