"""What a lab that cannot be prepared is told, in Chinese."""

from typing import Any

import pytest

from builders import lab
from leased_nodes import node
from tutoriallab.kube.errors import error_from_status
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.parse import parse
from tutoriallab.lab.support import unmet_requirement
from tutoriallab.provision.fit import unfit
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.lease.choose import NotEnough, choose
from tutoriallab.provision.lease.queue import place, taken
from tutoriallab.provision.refusal import refusal, told

HOLDER = LabKey("default", "taints", "u")


def refused(subject: str, code: int, reason: str, message: str) -> str:
    error = error_from_status(code, {"reason": reason, "message": message})
    return told(subject, error, refusal(error)).message.told("zh")


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        (
            {"requires": {"capabilities": ["Containers"]}},
            "实验需要 Containers，而这个集群不提供：请在有真实节点的集群（例如 kind）上运行",
        ),
        (
            {"requires": {"podSecurity": "privileged"}},
            "实验需要特权 Pod，而这个 operator 不允许：请让管理它的人设置 TUTORIALLAB_ALLOW_PRIVILEGED=true",
        ),
        (
            {"outside": [{"apiVersion": "v1", "kind": "Namespace", "name": "dev"}]},
            "实验要你在工作区之外创建对象，而这个 operator 不允许：请在你自己的集群上运行（tutoriallab up），"
            "或者让管理它的人设置 TUTORIALLAB_ALLOW_OUTSIDE=true",
        ),
    ],
)
def test_what_a_cluster_does_not_offer_is_told_in_chinese(asks: Any, said: str) -> None:
    unmet = unmet_requirement(parse(lab("x", **asks)).spec, frozenset(), allow_privileged=False)
    assert unmet
    assert unmet.message.told("zh") == said


@pytest.mark.parametrize(
    ("holder", "before", "said"),
    [
        (HOLDER, 0, "节点已租给实验 default/taints；接下来轮到这个实验。节点空出后实验会自动继续"),
        (HOLDER, 2, "节点已租给实验 default/taints；前面还有 2 个实验。节点空出后实验会自动继续"),
        (None, 2, "节点会先给实验 default/l0；前面还有 1 个实验。节点空出后实验会自动继续"),
    ],
)
def test_who_waits_for_nodes_is_told_in_chinese(holder: LabKey | None, before: int, said: str) -> None:
    others = [place(LabKey("default", f"l{i}", "u"), "2026-01-01T00:00:00Z", "", "") for i in range(before)]
    assert taken(holder, others).told("zh") == said


def test_too_few_nodes_are_told_in_chinese() -> None:
    found = choose(
        ["a", "b", "c"], [node("w1"), node("w2", ready=False), node("w3", unschedulable=True)], set(), 3
    )
    assert isinstance(found, NotEnough)
    assert found.message.told("zh") == (
        "实验需要 3 个工作节点（带有标签 tutoriallab.dev/leasable=true），"
        "这个集群有 1 个（不能用的有 w2（NotReady），w3（已 cordon））："
        "请增加节点，或者 kubectl label node 节点名 tutoriallab.dev/leasable=true"
    )


def test_nodes_that_come_back_are_told_in_chinese() -> None:
    found = choose(["a", "b"], [node("w1"), node("w2", ready=False)], set(), 2)
    assert isinstance(found, NotEnough)
    assert found.message.told("zh").endswith("：这些节点 Ready 之后实验会自动继续；请看 kubectl get nodes")


def test_the_api_servers_own_words_stay_as_they_are() -> None:
    quota = 'pods "b" is forbidden: exceeded quota: tutoriallab-counts'
    assert refused("Pod b", 403, "Forbidden", quota) == (
        "Pod b：exceeded quota: tutoriallab-counts：请删除不需要的对象，或者让实验少提供一些"
    )
    assert (
        refused("Secret a", 422, "Invalid", "…") == "Secret a：API server 不接受它（Secret 的内容不予显示）"
    )


def test_a_manifest_that_does_not_fit_is_told_in_chinese() -> None:
    found = unfit({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "tutoriallab-x"}})
    assert found
    assert (
        found.message.told("zh") == "Pod tutoriallab-x：以 tutoriallab- 开头的名字属于 operator：请换一个名字"
    )


def test_a_namespace_that_hangs_is_told_in_chinese() -> None:
    message = "Some resources are remaining: configmaps. has 1 resource instances"
    remaining = {"type": "NamespaceContentRemaining", "status": "True", "message": message}
    found = what_hangs({"metadata": {"name": "scale"}, "status": {"conditions": [remaining]}})
    assert found.told("zh") == (
        "正在删除 Namespace scale：还剩下：1 configmaps。查看: kubectl get configmaps -n scale"
    )
