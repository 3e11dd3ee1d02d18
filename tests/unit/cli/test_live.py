"""One screen of `watch` in sizes and languages: what is on it, and what goes first."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from builders import Json, check, step
from pages import check_state, progress, seen, status, two_languages
from tutoriallab.cli.live import Frame
from tutoriallab.cli.map import Map, NodeSpot, PodSpot, Row
from tutoriallab.cli.page import Page, page

WHERE = Map(
    (Row("worker1", "node1", NodeSpot("worker1", True, False), (PodSpot("web-0", "worker1", "ready"),)),),
    (PodSpot("web-1", "", "pending", "Unschedulable"),),
)
MISSING = (
    "Deployment web does not exist in namespace demo: kubectl -n demo get deployments shows those that do"
)
SIZES = ((1, 1), (1, 15), (20, 2), (40, 15), (40, 24), (59, 15), (60, 15), (80, 24), (100, 50))
TASK = "\n\n".join(f"Paragraph {number} of the task." for number in range(12))


@pytest.fixture(autouse=True)
def _as_a_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["kubectl-lab"])


def screen(frame: Frame, width: int, height: int) -> list[str]:
    """The lines of a screen of this size."""
    console = Console(
        file=StringIO(), width=width, height=height, highlight=False, markup=False, no_color=True
    )
    lines = console.render_lines(frame, console.options.update(height=height), pad=False)
    return ["".join(segment.text for segment in made).rstrip() for made in lines]


def lab(*verdicts: str, task: str = TASK, hints: int = 0) -> Page:
    """A step whose checks have these verdicts."""
    checks = [check(f"c{number}", says={"en": f"Wish {number}"}) for number in range(len(verdicts))]
    states = [
        check_state(f"c{number}", verdict, MISSING if verdict == "Failing" else "")
        for number, verdict in enumerate(verdicts)
    ]
    texts: list[Json] = [{"en": "First hint"}, {"en": "Second hint"}]
    made = step("first", *checks, task={"en": task}, hints=texts)
    told = status(progress("first", "Open", *states))
    return page(seen(made, told=told, annotations={"tutoriallab.dev/hints": f"first={hints}"}))


def test_where_there_is_room_all_is_shown() -> None:
    assert screen(Frame(lab("Failing", "Passed", task="Do it.", hints=1), WHERE), 80, 24) == [
        "demo  A lab                                          Active  0/1  0 of 10 points",
        "─" * 80,
        "Step 1 of 1: First",
        "",
        " ✗ Failing  Wish 0",
        "            Deployment web does not exist in namespace demo: kubectl -n demo get",
        "            deployments shows those that do",
        " ✓ Passed   Wish 1",
        "",
        "Hints 1/2",
        "  First hint",
        "",
        "─" * 80,
        "Do it.",
        "",
        "Where it runs",
        " node1  worker1  Ready",
        "   ● web-0",
        " On no node",
        "   … web-1 Unschedulable",
        "",
        "",
        "",
        "h hint (1 left) · q quit",
    ]


def test_in_chinese() -> None:
    told = status(progress("first", "Open", check_state("there", "Failing", "看不到")))

    assert screen(Frame(page(seen(two_languages(), told=told), "zh"), WHERE), 40, 15) == [
        "demo  A lab               0/1  0 / 10 分",
        "─" * 40,
        "第 1 步，共 1 步：运行它",
        "",
        " ✗ 未通过  它运行 web",
        "   看不到",
        "",
        "─" * 40,
        "在 demo 中操作",
        "",
        "运行在哪里",
        " node1  worker1  就绪  ● 1 就绪",
        " 没有节点  … 1 等待",
        "",
        "h 提示（还有 2 条） · m 地图 · q 退出",
    ]


def test_the_map_goes_first_then_passed_checks_then_the_task() -> None:
    shown = lab("Failing", "Passed", "Passed", "Passed")

    high, middle, low = (screen(Frame(shown, WHERE), 80, height) for height in (46, 38, 18))

    assert " node1  worker1  Ready" in high
    assert "Where it runs" not in middle
    assert " ✓ Passed   Wish 3" in middle
    assert "Paragraph 11 of the task." in middle
    assert " ✓ Passed   3 checks: c1, c2, c3" in low
    assert "… the rest: kubectl lab status demo" in low
    assert "Paragraph 0 of the task." in low


def test_at_the_smallest_the_first_failing_check_is_whole_and_each_other_a_line() -> None:
    assert screen(Frame(lab("Passed", "Failing", "Passed", "Failing", "Failing"), WHERE), 40, 15) == [
        "demo  A lab          0/1  0 of 10 points",
        "─" * 40,
        "Step 1 of 1: First",
        "",
        " ✓ Passed  2 checks: c0, c2",
        " ✗ Failing  Wish 1",
        "   Deployment web does not exist in",
        "   namespace demo: kubectl -n demo get",
        "   deployments shows those that do",
        " ✗ Failing  Wish 3",
        " ✗ Failing  Wish 4",
        "",
        "",
        "",
        "h hint (2 left) · m map · q quit",
    ]


def test_what_is_cut_in_the_end_says_where_to_read_it() -> None:
    told = screen(Frame(lab(*["Failing"] * 20), WHERE), 40, 15)

    assert told[-2:] == ["… the rest: kubectl lab status demo", "h hint (2 left) · m map · q quit"]


def test_m_puts_the_map_before_the_task() -> None:
    shown = lab("Failing", "Passed")

    first, second = (screen(Frame(shown, WHERE, map_first=chosen), 80, 20) for chosen in (False, True))

    assert "Where it runs" not in first
    assert first[-1] == "h hint (2 left) · m map · q quit"
    assert "   ● web-0" in second
    assert second[-1] == "h hint (2 left) · m task · q quit"


def test_of_many_hints_the_newest_stays() -> None:
    assert "  First hint" in screen(Frame(lab("Failing", hints=2)), 80, 60)
    told = screen(Frame(lab("Failing", hints=2)), 80, 18)

    assert "  First hint" not in told
    assert "  Second hint" in told
    assert told[-1] == "q quit"


def test_a_command_that_is_wider_than_the_screen_goes_on_in_the_next_line() -> None:
    command = "kubectl " + "x" * 100

    told = screen(Frame(lab("Failing", task=f"```sh\n{command}\n```")), 40, 30)

    assert f"    {command}" in "".join(told)


def test_without_a_keyboard_ctrl_c_is_named() -> None:
    assert screen(Frame(lab("Failing"), keys=False), 80, 24)[-1] == "Ctrl-C ends"


def test_the_note_stands_above_all() -> None:
    assert screen(Frame(lab("Failing"), note="Nothing seen since 10:00:00"), 80, 24)[2] == (
        "Nothing seen since 10:00:00"
    )


def test_a_long_note_has_two_lines() -> None:
    told = screen(Frame(lab("Failing"), note="Nothing seen since 10:00:00 (2 s). " + "word " * 60), 40, 15)

    assert told[2].startswith("Nothing seen since 10:00:00 (2 s).")
    assert told[3].endswith("word…")
    assert told[4] == "Step 1 of 1: First"


def test_a_lab_that_is_prepared_or_blocked_says_so() -> None:
    blocked = status(progress("first", "Locked"), phase="Blocked", next="The lab needs Containers")
    preparing = status(phase="Preparing", next="The workspace is being prepared")

    assert "Blocked: The lab needs Containers" in screen(Frame(page(seen(step(), told=blocked))), 80, 24)
    assert "The workspace is being prepared" in screen(Frame(page(seen(step(), told=preparing))), 80, 24)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_screen_has_exactly_its_size(language: str) -> None:
    long = step(
        "first",
        *[check(f"c{n}", says={"en": "word " * 30, "zh": "很长的话。" * 20}) for n in range(6)],
        title={"en": "long " * 20, "zh": "长" * 60},
        task={"en": "word " * 200, "zh": "任务" * 300},
    )
    verdicts = ["Passed", "Failing", "Waiting", "Error", "Passed", "Failing"]
    states = [check_state(f"c{n}", verdict, MISSING) for n, verdict in enumerate(verdicts)]
    shown = page(seen(long, told=status(progress("first", "Open", *states))), language)

    for number, (width, height) in enumerate(SIZES):
        note = "lost " * 50 if number % 2 else ""
        told = screen(Frame(shown, WHERE, note, map_first=number % 3 == 0), width, height)
        assert len(told) == height
        assert max(map(cell_len, told)) <= width
