"""What a person sees at 80 columns, without colours."""

import pytest

from builders import check, step
from pages import check_state, drawn, progress, seen, status, two_languages
from tutoriallab.cli import show
from tutoriallab.cli.map import Map, PodSpot, Row
from tutoriallab.cli.page import page

OPEN = status(
    progress("first", "Open", check_state("there", "Failing", "Deployment web: spec.replicas is 2, wanted 3"))
)


@pytest.fixture(autouse=True)
def _as_tutoriallab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/usr/bin/tutoriallab"])


def test_the_whole_page_in_english() -> None:
    told = drawn(show.whole(page(seen(two_languages(), told=OPEN))))

    assert told == "\n".join(
        [
            "demo  A lab                                          Active  0/1  0 of 10 points",
            "─" * 80,
            "Step 1 of 1: Run it",
            "",
            "Work in demo",
            "",
            "What is checked",
            " ✗ Failing  It runs web",
            "            Deployment web: spec.replicas is 2, wanted 3",
            "",
            "A hint:     tutoriallab hint demo",
            "Live:       tutoriallab watch demo",
            "Start over: tutoriallab reset demo",
        ]
    )


def test_the_whole_page_in_chinese() -> None:
    told = drawn(show.whole(page(seen(two_languages(), told=OPEN), "zh")))

    assert told.splitlines()[0].endswith("进行中  0/1  0 / 10 分")
    assert "第 1 步，共 1 步：运行它" in told
    assert " ✗ 未通过   它运行 web" in told


def test_a_lab_with_files_says_how_to_get_them() -> None:
    lab = seen(two_languages(), told=OPEN, files=[{"path": "web.yaml", "content": "text"}])

    assert "Its files:  tutoriallab files demo\nA hint:     " in drawn(show.whole(page(lab)))
    assert "取文件：" in drawn(show.whole(page(lab, "zh")))


def test_as_a_plugin_it_says_kubectl_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/home/me/bin/kubectl-lab"])

    assert "kubectl lab hint demo" in drawn(show.whole(page(seen(two_languages(), told=OPEN))))


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("Passed", " ✓ Passed   It is there"),
        ("Failing", " ✗ Failing  It is there"),
        ("Waiting", " … Waiting  It is there"),
        ("Error", " ! Error    It is there"),
    ],
)
def test_each_verdict_has_a_symbol_and_a_word(verdict: str, wanted: str) -> None:
    shown = page(seen(step(), told=status(progress("first", "Open", check_state("there", verdict)))))

    assert wanted in drawn(show.whole(shown))


def test_a_long_command_stays_on_one_line() -> None:
    command = "kubectl -n ${workspace} get pods -o custom-columns=" + "A" * 80

    told = drawn(show.whole(page(seen(step(task={"en": f"```sh\n{command}\n```"}), told=OPEN))))

    assert f"    {command.replace('${workspace}', 'demo')}" in told.splitlines()


def test_nothing_but_commands_is_wider_than_the_screen() -> None:
    long = check("there", says={"en": "w" * 200, "zh": "字" * 200})
    lab = seen(step("first", long, task={"en": "word " * 60, "zh": "很长的任务。" * 40}), told=OPEN)

    for language in ("en", "zh"):
        told = drawn(show.whole(page(lab, language)))
        assert max(sum(2 if character > "⺀" else 1 for character in one) for one in told.splitlines()) <= 80


def test_chinese_is_broken_between_characters_and_never_before_a_comma() -> None:
    lab = seen(
        step(task={"en": "x", "zh": "容器的 requests（请求），是调度器在节点上为它预留的量。" * 4}), told=OPEN
    )

    lines = drawn(show.whole(page(lab, "zh"))).splitlines()

    assert not [one for one in lines if one.startswith(("，", "。", "）"))]
    assert all(len(one) > 30 for one in lines if one.startswith("容器"))


def test_a_terminal_escape_in_a_lab_is_not_printed() -> None:
    evil = step(
        "first", check(says={"en": "a\x1b]0;b\x07"}), task={"en": "[link](http://x)\x1b[2J\n\n`\x9b31m`"}
    )

    told = drawn(show.whole(page(seen(evil, told=OPEN))))

    assert "\x1b" not in told
    assert "\x9b" not in told
    assert "\x07" not in told


def test_rich_markup_in_a_lab_is_text() -> None:
    shown = page(seen(step("first", check(says={"en": "[bold]x[/bold] [red]"})), told=OPEN))

    assert "[bold]x[/bold] [red]" in drawn(show.whole(shown))


def test_a_question_says_how_to_answer() -> None:
    asking = check("qos", answer={"type": "choice", "choices": ["A", "B"]})

    told = drawn(show.whole(page(seen(step("first", asking), told=status(progress())))))

    assert "Answer: tutoriallab answer demo qos TEXT" in told
    assert told.count("one of: A, B") == 1
    assert "one of: A, B" in told


def test_a_question_that_nobody_answered_is_open_and_a_wrong_answer_is_not() -> None:
    asking = check("qos", answer={"type": "choice", "choices": ["A", "B"]})

    def told(reason: str, message: str) -> str:
        state = check_state("qos", "Failing", message, reason=reason)
        return drawn(
            show.whole(page(seen(step("first", asking), told=status(progress("first", "Open", state)))))
        )

    assert "? Open" in told("NotAnswered", "Not answered yet: choose one of A, B")
    assert told("NotAnswered", "Not answered yet: choose one of A, B").count("one of") == 1
    assert "✗ Failing" in told("WrongAnswer", "'C' is no choice")
    assert "'C' is no choice" in told("WrongAnswer", "'C' is no choice")


def test_a_completed_lab_ends_with_its_debrief_and_the_way_on() -> None:
    told = status(progress("first", "Passed"), phase="Completed", score=10)

    assert drawn(show.whole(page(seen(step(), told=told, debrief={"en": "Well."})))).endswith(
        "✓ Done: 1 of 1 steps, 10 of 10 points.\n\nWhat happened, and why\n\nWell.\n\n"
        "The next lab: tutoriallab next"
    )


def test_a_blocked_lab_says_why() -> None:
    told = status(progress("first", "Locked"), phase="Blocked", next="The lab needs Containers")

    assert drawn(show.whole(page(seen(step(), told=told)))).endswith("Blocked: The lab needs Containers")


def test_the_map_stands_before_the_ways_on() -> None:
    where = Map((Row("worker1", "", None, (PodSpot("web", "worker1", "ready"),)),))

    told = drawn(show.whole(page(seen(two_languages(), told=OPEN)), where))

    assert "\n\nWhere it runs\n worker1\n   ● web\n\nA hint:     tutoriallab hint demo" in told


def test_a_violated_step_says_how_it_starts_over_and_no_other_does() -> None:
    broken = {**check_state("there", "Failing", "At 12:00:05 UTC: it was gone"), "reason": "Violated"}

    told = drawn(show.whole(page(seen(step(), told=status(progress("first", "Open", broken))))))

    assert "This step again: tutoriallab restart-step demo" in told
    assert "restart-step" not in drawn(show.whole(page(seen(two_languages(), told=OPEN))))
