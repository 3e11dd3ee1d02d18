"""A cause that several checks have is told once to people."""

import pytest

from builders import check, step
from pages import check_state, drawn, progress, seen, status
from tutoriallab.cli import show
from tutoriallab.cli.page import CheckLine, as_json, page
from tutoriallab.cli.repeated import said_once
from tutoriallab.words.probing import THEN_LOOK

PULL = (
    "Pod web-1: the image nginx:1.7.99 cannot be pulled: not found. Look: kubectl describe pod -n demo web-1"
)


def told(*messages: str, language: str = "en", reason: str = "") -> list[str]:
    checks = [CheckLine(f"c{i}", "says", "Failing", reason, message) for i, message in enumerate(messages)]
    return [one.message for one in said_once(checks, language)]


def test_the_second_check_says_what_it_sees_and_points_to_the_first() -> None:
    first, second = f"Deployment web is not available. {PULL}", f"No Pod among pods (1) is ready. {PULL}"
    assert told(first, second) == [first, "No Pod among pods (1) is ready. The same cause as above."]


def test_in_chinese() -> None:
    cause = "Pod web-1：镜像拉取失败。查看: kubectl describe pod -n demo web-1"
    assert (
        told(f"web 不可用。{cause}", f"没有就绪的 Pod。{cause}", language="zh")[1]
        == "没有就绪的 Pod。原因同上。"
    )


def test_a_message_that_is_nothing_but_the_cause() -> None:
    assert told(PULL, PULL) == [PULL, "The same cause as above."]
    assert told(f"Not ready. {PULL}", PULL) == [f"Not ready. {PULL}", "The same cause as above."]


def test_a_cause_of_several_sentences_is_one() -> None:
    cause = f"Deployment web waits for a pod. {PULL}"
    assert told(f"A. {cause}", f"B. {cause}")[1] == "B. The same cause as above."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same command for another cause.
        ("A. It is Pending. Look: kubectl describe pod web", "B. It crashed. Look: kubectl describe pod web"),
        # Nothing to look at: short enough to be said again.
        (
            "Deployment web does not exist in namespace demo",
            "Deployment web does not exist in namespace demo",
        ),
        ("", ""),
    ],
)
def test_all_else_is_told_in_full(first: str, second: str) -> None:
    assert told(first, second) == [first, second]


def test_what_people_do_not_see_is_not_pointed_to() -> None:
    passed = CheckLine("a", "says", "Passed", "", PULL)
    failing = CheckLine("b", "says", "Failing", "", PULL)
    assert list(said_once([passed, failing], "en")) == [passed, failing]


def test_the_words_by_which_a_cause_is_known_are_those_that_diagnosis_writes() -> None:
    for language, before in (("en", "A. "), ("zh", "甲。")):
        cause = THEN_LOOK(why="W", look="kubectl get pods").told(language)
        assert told(before + cause, cause)[1] in {"The same cause as above.", "原因同上。"}


def test_programs_get_each_message_in_full() -> None:
    states = [check_state(name, "Failing", f"{name}. {PULL}") for name in ("one", "two")]
    lab = seen(step("first", check("one"), check("two")), told=status(progress("first", "Open", *states)))
    shown = page(lab)

    assert drawn(show.whole(shown)).count("Look:") == 1
    assert [one["message"] for one in as_json(shown)["step"]["checks"]] == [one["message"] for one in states]
