"""The table of the tutorials' exercises, and the page on what is old or wrong in them."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
LABS = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "labs").glob("*/*/lab.yaml"))
}
TUTORIALS = yaml.safe_load((ROOT / "docs" / "catalogue" / "tutorials.yaml").read_text(encoding="utf-8"))[
    "tutorials"
]
ROWS = [(one["id"], row) for one in TUTORIALS for row in one["exercises"]]
PAGE = (ROOT / "docs" / "tutorials.md").read_text(encoding="utf-8")


def has_both_languages(text: Any) -> bool:
    return isinstance(text, dict) and text.keys() == {"en", "zh"} and all(map(is_told, text.values()))


def is_told(text: Any) -> bool:
    return isinstance(text, str) and text.strip() == text != ""


def test_every_tutorial_says_what_it_is() -> None:
    assert [one["id"] for one in TUTORIALS] == ["000", "001", "002", "003", "004"]
    assert [one["id"] for one in TUTORIALS if not is_told(one["title"]) or not is_told(one["author"])] == []
    assert [one["id"] for one in TUTORIALS if one.keys() != {"id", "title", "author", "exercises"}] == []


def test_every_exercise_says_where_it_stands_and_what_one_does_in_both_languages() -> None:
    assert len(ROWS) > 100
    wrong = [
        (id_, row) for id_, row in ROWS if not is_told(row["section"]) or not has_both_languages(row["does"])
    ]
    assert wrong == []


def test_every_exercise_has_a_lab_or_says_in_both_languages_why_it_has_none() -> None:
    allowed = ({"section", "does", "lab"}, {"section", "does", "none"})
    assert [(id_, row) for id_, row in ROWS if row.keys() not in allowed] == []
    assert [(id_, row) for id_, row in ROWS if "none" in row and not has_both_languages(row["none"])] == []
    assert [(id_, row) for id_, row in ROWS if "lab" in row and not is_told(row["lab"])] == []


def test_no_exercise_stands_twice_in_one_section() -> None:
    told = [(id_, row["section"], row["does"][language]) for id_, row in ROWS for language in ("en", "zh")]
    assert sorted(one for one in told if told.count(one) > 1) == []


def test_exercises_name_only_labs_that_are_there() -> None:
    assert {row["lab"] for _, row in ROWS if "lab" in row} - LABS.keys() == set()


def test_every_lab_comes_from_a_known_tutorial_and_is_named_by_an_exercise() -> None:
    known = {one["id"] for one in TUTORIALS}
    assert [slug for slug, lab in LABS.items() if lab["spec"]["source"]["document"] not in known] == []
    assert LABS.keys() - {row["lab"] for _, row in ROWS if "lab" in row} == set()


def links() -> list[str]:
    """Targets of the page's links into this repository."""
    return [one for one in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE) if "://" not in one]


def test_the_page_links_to_files_that_exist() -> None:
    assert len(links()) > 50
    assert [one for one in links() if not (ROOT / "docs" / one).exists()] == []


def test_every_row_of_the_pages_tables_is_full() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]
    assert [row for row in cells if len(row) != 4 or not all(row)] == []
