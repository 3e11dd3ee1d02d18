"""What people may change of a lab."""

import pytest

from builders import Json, check, step
from pages import progress, seen, status, two_languages
from tutoriallab.status.changes import NotNow, Unfit, answer, hint, reset, restart_step
from tutoriallab.status.seen import Seen

HINTS = "tutoriallab.dev/hints"


def asking(answers: Json | None = None) -> Seen:
    free = check("free", answer={}, given={}, expect=["answer == 'a'"])
    choice = check(
        "which", answer={"type": "choice", "choices": ["a", "b"]}, given={}, expect=["answer == 'a'"]
    )
    return seen(step("first", free, choice), told=status(progress()), answers=answers or {})


def test_an_answer_stands_in_the_spec() -> None:
    assert answer(asking(), "which", "b") == [{"spec": {"answers": {"which": "b"}}}]


def test_the_same_answer_once_more_is_taken_away_first() -> None:
    assert answer(asking({"free": "x"}), "free", "x") == [
        {"spec": {"answers": {"free": None}}},
        {"spec": {"answers": {"free": "x"}}},
    ]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("other", "a", "no question 'other', it asks free, which"),
        ("which", "c", "'c' is no choice: choose one of a, b"),
        ("free", "x" * 1001, "at most 1000 characters"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_way_out(name: str, text: str, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        answer(asking(), name, text)


def test_hints_are_given_one_by_one_until_there_are_no_more() -> None:
    told = status(progress("first", "Open"))
    lab = seen(two_languages(), told=told)
    last = seen(two_languages(), told=told, annotations={HINTS: "first=1"})
    spent = seen(two_languages(), told=told, annotations={HINTS: "first=2"})

    assert hint(lab, "first") == {"metadata": {"annotations": {HINTS: "first=1"}}}
    assert hint(last, "first") == {"metadata": {"annotations": {HINTS: "first=2"}}}
    with pytest.raises(NotNow, match="no more hints"):
        hint(spent, "first")


@pytest.mark.parametrize("state", ["Locked", "Passed"])
def test_hints_are_for_the_step_that_is_open(state: str) -> None:
    with pytest.raises(NotNow, match="not open"):
        hint(seen(two_languages(), told=status(progress("first", state))), "first")
    with pytest.raises(NotNow, match="not open"):
        hint(seen(two_languages(), told=status(progress("first", "Open"))), "second")


def test_a_lab_and_its_step_start_over_by_a_new_value() -> None:
    lab = seen(told=status(progress()))

    assert reset(0) == {"metadata": {"annotations": {"tutoriallab.dev/reset": "1970-01-01T00:00:00.000Z"}}}
    assert list(restart_step(lab, 1)["metadata"]["annotations"]) == ["tutoriallab.dev/restart-step"]


def test_without_an_open_step_only_the_whole_lab_starts_over() -> None:
    with pytest.raises(NotNow, match="start the whole lab over"):
        restart_step(seen(told=status(progress("first", "Passed"))), 0)
