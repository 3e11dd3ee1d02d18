"""What of a lab goes to the page."""

from builders import check, step
from pages import check_state, progress, seen, status, two_languages
from tutoriallab.web.lab_view import lab_view


def test_texts_come_in_all_languages_with_names_filled_in_and_the_task_as_html() -> None:
    view = lab_view(seen(two_languages(), told=status(progress("first", "Open"))))
    [made] = view["steps"]

    assert made["title"] == {"en": "Run it", "zh": "运行它"}
    assert made["task"] == {
        "en": "<p>Work in <strong>demo</strong></p>",
        "zh": "<p>在 <strong>demo</strong> 中操作</p>",
    }
    assert made["checks"][0]["says"] == {"en": "It runs `web`", "zh": "它运行 `web`"}


def test_a_check_has_its_verdict_and_since_when() -> None:
    state = check_state("there", "Failing", "Deployment web: no\u202e") | {
        "since": "2026-01-01T00:00:01.500Z"
    }
    view = lab_view(seen(step("first", check("there")), told=status(progress("first", "Open", state))))
    [made] = view["steps"][0]["checks"]

    assert (made["verdict"], made["reason"], made["message"]) == ("Failing", "Any", "Deployment web: no")
    assert made["since"] == 1767225601500


def test_a_check_that_was_never_judged_waits() -> None:
    view = lab_view(seen(step("first", check("there")), told=status(progress("first", "Open"))))

    assert view["steps"][0]["checks"][0]["verdict"] == "Waiting"


def test_of_a_locked_step_only_the_title_is_told() -> None:
    hidden = step("second", check("secret"), task={"en": "answer"}, hints=[{"en": "a hint"}])
    view = lab_view(seen(step("first"), hidden, told=status(progress("first"), progress("second", "Locked"))))
    made = view["steps"][1]

    assert (made["title"], made["state"]) == ({"en": "Second"}, "Locked")
    assert (made["task"], made["hints"], made["hintsLeft"], made["checks"]) == ({}, [], 0, [])


def test_only_hints_that_were_given_are_told_and_the_others_counted() -> None:
    told = status(progress("first", "Open"))
    view = lab_view(seen(two_languages(), told=told, annotations={"tutoriallab.dev/hints": "first=1"}))
    [made] = view["steps"]

    assert made["hints"] == [{"en": "<p>Look</p>", "zh": "<p>看一看</p>"}]
    assert made["hintsLeft"] == 1


def test_a_question_has_its_choices_and_what_was_answered() -> None:
    asks = check(
        "which", answer={"type": "choice", "choices": ["a", "b"]}, given={}, expect=["answer == 'a'"]
    )
    told = status(progress("first", "Open"))
    view = lab_view(seen(step("first", asks), told=told, answers={"which": "b"}))

    assert view["steps"][0]["checks"][0]["answer"] == {"choices": ["a", "b"], "given": "b"}
    assert lab_view(seen(told=told))["steps"][0]["checks"][0]["answer"] is None


def test_the_debrief_is_told_once_the_lab_is_completed() -> None:
    debrief = {"en": "Well *done*"}
    done = status(progress("first", "Passed"), phase="Completed")

    assert lab_view(seen(told=status(progress()), debrief=debrief))["debrief"] == {}
    assert lab_view(seen(told=done, debrief=debrief))["debrief"] == {"en": "<p>Well <em>done</em></p>"}


def test_a_lab_that_was_refused_has_a_name_and_its_problem() -> None:
    refused = {
        "phase": "Failed",
        "conditions": [
            {
                "type": "Accepted",
                "status": "False",
                "reason": "Invalid",
                "message": "steps[0]: no",
                "lastTransitionTime": "2026-01-01T00:00:00Z",
            }
        ],
    }
    lab = seen(told=refused)
    view = lab_view(type(lab)(**{**lab.__dict__, "spec": None}))

    assert (view["title"], view["problem"], view["steps"]) == ({"en": "demo"}, "steps[0]: no", [])
