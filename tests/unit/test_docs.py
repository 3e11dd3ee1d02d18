"""Docs that name code do not drift from it."""

import re
from pathlib import Path

import pytest
import yaml

from rights import MANIFESTS
from tutoriallab.cluster.install import manifests
from tutoriallab.cluster.k8s_version import TESTED
from tutoriallab.grade.cel.fault import FUNCTIONS
from tutoriallab.lab.kinds import READABLE
from tutoriallab.web.drawing import DRAWN
from tutoriallab.web.item import item

DRAWN_KINDS = [*(kind for _, kind in DRAWN), "Node"]
ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
TESTS = "\n".join(one.read_text(encoding="utf-8") for one in (ROOT / "tests").rglob("*.py"))


def named() -> list[tuple[str, str]]:
    """(test, id of its case) of every row of the table of what was tried."""
    return re.findall(r"`(test_\w+)(?:\[([^\]]+)\])?`", SECURITY)


def test_the_table_of_what_was_tried_names_only_tests_that_exist() -> None:
    assert len(named()) > 30
    assert [name for name, _ in named() if f"def {name}(" not in TESTS] == []
    assert [case for _, case in named() if case and f'"{case}"' not in TESTS] == []


def test_the_page_on_security_names_only_policies_and_roles_that_are_installed() -> None:
    optional = [file.read_text(encoding="utf-8") for file in sorted(MANIFESTS.glob("optional/*.yaml"))]
    texts = "\n---\n".join([manifests(), *optional])
    installed = {one["metadata"]["name"] for one in yaml.safe_load_all(texts)}
    # Objects that the operator makes in workspaces, and the namespace's own name.
    made = {"tutoriallab-counts", "tutoriallab-learners"}
    found = set(
        re.findall(r"\btutoriallab-[a-z-]+[a-z]\b(?!\*)", SECURITY.replace("tutoriallab-operator-*", ""))
    )
    assert found - installed - made == set()


def test_the_page_on_checks_names_all_kinds_that_they_select_and_no_other() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    section = page.partition("## What a check selects")[2].partition("A lab that selects")[0]
    told = set(re.findall(r"[A-Z]\w+", section)) - {"Objects", "Namespaces"}
    assert told == {kind for _, kind in READABLE} - {"Namespace"}


def test_the_page_on_checks_names_all_functions_of_expressions() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    section = page.partition("## Expressions")[2].partition("## Over time")[0]
    assert set(FUNCTIONS) - set(re.findall(r"\w+", section)) == set()


def test_the_chinese_readme_types_what_the_english_one_does() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))

    def typed(page: str) -> list[str]:
        return [line.split("#")[0].strip() for line in page.splitlines() if re.match(r"\$ |    make ", line)]

    assert len(typed(chinese)) > 15
    assert typed(chinese) == typed(english)


def test_the_page_on_installing_names_all_tested_versions_and_no_other() -> None:
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    [line] = [one for one in page.splitlines() if one.startswith("`--k8s-version`")]
    assert set(re.findall(r"\d+\.\d+\.\d+", line)) == {one for some in TESTED.values() for one in some}


@pytest.mark.parametrize("kind", DRAWN_KINDS)
def test_the_page_on_the_page_names_all_fields_of_what_is_drawn(kind: str) -> None:
    page = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    body = {"kind": kind, "metadata": {"name": "it", "uid": "u"}}
    common = set(item({**body, "kind": "Other"}))
    [row] = [line for line in page.splitlines() if re.match(rf"\| [\w, ]*\b{kind}\b[\w, ]*\|", line)]

    assert common | {"selectedBy", "namedBy"} <= set(re.findall(r"`(\w+)`", page))
    assert set(item(body)) - common <= set(re.findall(r"`(\w+)`", row))
