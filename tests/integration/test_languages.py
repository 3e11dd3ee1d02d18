"""Labs in Chinese: what the operator says of them, and that a change of the language is told at once."""

import time

import pytest

from builders import check, lab, step
from operator_process import eventually
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration


def speak(world: World, name: str, language: str) -> None:
    """The learner chooses the language."""
    patch = f'{{"spec": {{"language": "{language}"}}}}'
    world.kubectl("patch", "lab", name, "--type=merge", "-p", patch)


def conditions(world: World, name: str) -> dict[str, str]:
    """What the lab's conditions say, by their types."""
    return {one["type"]: one["message"] for one in world.status(name)["conditions"]}


def events(world: World, name: str) -> list[str]:
    """What the lab's Events say."""
    return [one["message"] for one in world.all("events") if one["involvedObject"]["name"] == name]


def test_a_lab_is_told_in_its_language_and_a_change_of_it_at_once(world: World) -> None:
    four = check("four", expect=["web.spec.replicas == 4"])
    world.apply(plain(lab("zh-web", step("first", four), provision=[deployment("web")], language="zh")))
    chinese, english = (
        "Deployment web：spec.replicas 是 1，应为 4",
        "Deployment web: spec.replicas is 1, wanted 4",
    )
    world.until_verdict("zh-web", "first/four", "Failing", chinese)
    assert world.status("zh-web")["next"] == chinese
    assert conditions(world, "zh-web") == {
        "Accepted": "实验可以运行",
        "Provisioned": "初始状态已经应用",
        "Completed": "步骤 first 还没有通过",
    }
    since = world.condition("zh-web", "Provisioned")["lastTransitionTime"]
    eventually(lambda: "步骤 first 已开放" in events(world, "zh-web"), "the Event is in Chinese")

    before = time.monotonic()
    speak(world, "zh-web", "en")
    world.until_verdict("zh-web", "first/four", "Failing", english)
    assert time.monotonic() - before < 5
    assert world.status("zh-web")["next"] == english
    assert conditions(world, "zh-web") == {
        "Accepted": "The lab can be run",
        "Provisioned": "The starting state is applied",
        "Completed": "Step first is not passed",
    }
    assert world.condition("zh-web", "Provisioned")["lastTransitionTime"] == since

    speak(world, "zh-web", "zh")
    world.until_verdict("zh-web", "first/four", "Failing", chinese)
    world.kubectl("-n", "zh-web", "scale", "deployment", "web", "--replicas=4")
    done = world.until_phase("zh-web", "Completed")
    assert done["next"] == "所有步骤都已通过。请看总结：kubectl lab status"
    assert world.condition("zh-web", "Completed")["message"] == "所有步骤都已通过"

    speak(world, "zh-web", "en")
    eventually(
        lambda: world.status("zh-web").get("next", "").startswith("All steps passed"),
        "the end is told in English",
    )
    assert conditions(world, "zh-web") == {
        "Accepted": "The lab can be run",
        "Provisioned": "The starting state is applied",
        "Completed": "All steps passed",
    }
    world.discard("zh-web")


def test_what_blocks_a_lab_is_told_in_its_language_and_told_anew(world: World) -> None:
    world.apply(plain(lab("zh-blocked", requires={"capabilities": ["ImageLoad"]}, language="zh")))
    told = world.until_phase("zh-blocked", "Blocked")
    assert told["next"].startswith("实验需要 ImageLoad，而这个集群不提供：请在")
    assert world.condition("zh-blocked", "Provisioned")["reason"] == "CapabilityMissing"

    speak(world, "zh-blocked", "en")
    eventually(
        lambda: world.status("zh-blocked").get("next", "").startswith("The lab needs ImageLoad"),
        "it is told in English",
    )
    assert world.condition("zh-blocked", "Provisioned")["reason"] == "CapabilityMissing"
    world.discard("zh-blocked")
