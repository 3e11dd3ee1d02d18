"""The catalogue as a list of 80 columns."""

from dataclasses import replace

import pytest

from pages import drawn
from tutoriallab.cli.ls import Row, render
from tutoriallab.cli.options import of_terminal, tongue
from tutoriallab.cli.tracks import Track
from tutoriallab.status.seen import read

TRACK = Track("pods", {"en": "Pods", "zh": "Pod"}, ["probes"])
TITLE = {"en": "A probe that asks the container whether it is ready to serve anybody", "zh": "就绪探针"}
PROBES = Row("probes", "pods", TITLE, 15, "intermediate", (), "pods")


def test_a_long_title_is_told_whole() -> None:
    told = drawn(render([PROBES], [TRACK], "en"))

    assert "…" not in told
    assert " ".join(told.split()).count("15 min intermediate") == 1
    assert all(word in told for word in TITLE["en"].split())
    assert max(map(len, told.splitlines())) <= 80


def test_in_chinese_minutes_and_level_are_chinese_and_a_level_of_a_broken_file_is_told_as_it_is() -> None:
    told = drawn(render([PROBES, Row("own", "", {"en": "Own"}, 5, "expert")], [TRACK], "zh"))

    assert "15 分钟" in told
    assert "进阶" in told
    assert "expert" in told


def test_a_lab_that_is_going_is_told_so() -> None:
    going = {"name": "probes", "namespace": "default", "deletionTimestamp": "2026-01-01T00:00:00Z"}
    lab = read({"metadata": going, "status": {"phase": "Active", "progress": "1/3"}})

    assert "Deleting 1/3" in drawn(render([replace(PROBES, running=(lab,))], [TRACK], "en"))


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("zh-CN", "zh"), ("zh_CN.UTF-8", "zh"), ("ZH", "zh"), ("en-US", "en"), ("", ""), ("fr", "fr")],
)
def test_a_locale_is_its_language(wanted: str, spoken: str) -> None:
    assert tongue(wanted) == spoken


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_TW", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, ""),
        ({"LANG": "en_US.UTF-8"}, ""),
        ({"LANG": "fr_FR"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_that_speaks_chinese_is_understood(environment: dict[str, str], language: str) -> None:
    assert of_terminal(environment) == language
