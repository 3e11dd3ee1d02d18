"""A lab's object becomes what there is to tell."""

from builders import check, step
from pages import check_state, progress, seen, status, two_languages
from tutoriallab.cli.page import Page, StepPage, page


def open_step(shown: Page) -> StepPage:
    assert shown.step is not None
    return shown.step


def test_the_open_step_is_shown_with_the_verdict_of_each_check() -> None:
    told = status(progress("first", "Open", check_state("there", "Failing", "Deployment web: no")))

    shown = page(seen(two_languages(), told=told))

    assert shown.step is not None
    assert (shown.step.number, shown.step.title, shown.step.task) == (1, "Run it", "Work in **demo**")
    assert [(one.verdict, one.message) for one in shown.step.checks] == [("Failing", "Deployment web: no")]


def test_texts_come_in_the_labs_language_unless_another_is_given() -> None:
    lab = seen(two_languages(), told=status(progress()), language="zh")

    assert open_step(page(lab)).title == "运行它"
    assert open_step(page(lab, "en")).title == "Run it"


def test_a_language_that_the_lab_does_not_have_falls_back_to_english() -> None:
    shown = page(seen(step(), told=status(progress())), "zh")

    assert shown.title == "A lab"


def test_a_check_that_nobody_has_looked_at_is_unseen() -> None:
    shown = page(seen(step(), told={}))

    assert shown.step is not None
    assert shown.step.checks[0].verdict == "Unseen"
    assert (shown.phase, shown.progress, shown.workspace) == ("Pending", "0/1", "demo")


def test_hints_that_were_asked_for_are_shown_and_the_others_counted() -> None:
    lab = seen(two_languages(), told=status(progress()), annotations={"tutoriallab.dev/hints": "first=1"})

    assert open_step(page(lab)).hints == ("Look",)
    assert open_step(page(lab)).hints_left == 1


def test_hints_of_another_step_or_nonsense_count_as_none() -> None:
    for value in ("second=2", "first=x", "first", "first=99"):
        shown = page(
            seen(two_languages(), told=status(progress()), annotations={"tutoriallab.dev/hints": value})
        )
        assert shown.step is not None
        assert len(shown.step.hints) == (2 if value == "first=99" else 0)


def test_a_completed_lab_shows_its_debrief_and_no_step() -> None:
    told = status(progress("first", "Passed"), phase="Completed")

    shown = page(seen(step(), told=told, debrief={"en": "It went to ${workspace}"}))

    assert shown.step is None
    assert shown.debrief == "It went to demo"


def test_a_refused_lab_tells_why() -> None:
    conditions = [
        {
            "type": "Accepted",
            "status": "False",
            "reason": "Invalid",
            "message": "spec.steps[0]: bad\x1b[2J",
            "lastTransitionTime": "",
        }
    ]

    shown = page(seen(step(), told=status(phase="Failed", conditions=conditions)))

    assert shown.problem == "spec.steps[0]: bad[2J"


def test_a_spec_that_cannot_be_read_still_has_a_page() -> None:
    broken = seen(told=status(phase="Failed", next="spec: no"), steps="none")

    assert page(broken).problem == "spec: no"
    assert page(broken).step is None


def test_a_question_offers_its_choices() -> None:
    asking = check("qos", answer={"type": "choice", "choices": ["Burstable", "BestEffort"]})

    shown = page(seen(step("first", asking), told=status(progress())))

    assert shown.step is not None
    assert (shown.step.checks[0].question, shown.step.checks[0].choices) == (
        True,
        ("Burstable", "BestEffort"),
    )
