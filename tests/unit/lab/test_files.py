"""A lab's files: paths that stay where they belong, a bounded size, names filled in."""

import pytest

from builders import Json, spec
from tutoriallab.lab.files import contents, file_problems, is_clean
from tutoriallab.lab.model import File
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab


def file(path: str, content: str = "text") -> Json:
    return {"path": path, "content": content}


@pytest.mark.parametrize("path", ["a", "a.yaml", "chart/templates/_labels.tpl", "NOTES.txt", "a-b/c_d.2/e"])
def test_a_plain_relative_path_is_clean(path: str) -> None:
    assert is_clean(path)
    assert parse_spec(spec(files=[file(path)])).files[0].path == path


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "..", "../a", "a/../b", "a/..", "./a", "a/./b", "a//b", "a/", "", ".bashrc", ".git/hooks/pre-commit",
        "a/.envrc", "-rf", "a/-b", "~/a", "a b", "a\\b", "C:\\a", "a\n", "a\x00b", "ａ", "$HOME/a", "x" * 256,
    ],
)  # fmt: skip
def test_a_path_that_could_lead_elsewhere_is_refused_with_its_place(path: str) -> None:
    with pytest.raises(InvalidLab) as refused:
        parse_spec(spec(files=[file("fine"), file(path)]))
    assert str(refused.value.problems[0]).startswith("spec.files[1].path: ")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            [file("a"), file("b"), file("a")],
            "spec.files[2].path: a is there twice (a): give each file its own",
        ),
        ([file("web.yaml"), file("Web.yaml")], "spec.files[1].path: Web.yaml is there twice (web.yaml)"),
        ([file("a"), file("a/b")], "spec.files[1].path: a/b would be a file and a folder"),
        ([file("a/b/c"), file("a/B")], "spec.files[1].path: a/B would be a file and a folder"),
        ([file("a", "x" * 65_536), file("b", "y")], "spec.files: have 65,537 bytes in all, at most 65,536"),
        ([file("a", "汉" * 30_000)], "spec.files: have 90,000 bytes in all"),
    ],
)
def test_files_that_do_not_go_together_are_refused(files: list[Json], told: str) -> None:
    with pytest.raises(InvalidLab) as refused:
        parse_spec(spec(files=files))
    assert [str(problem)[: len(told)] for problem in refused.value.problems] == [told]


def test_more_than_twenty_files_are_refused() -> None:
    assert len(parse_spec(spec(files=[file(f"f{i}") for i in range(20)])).files) == 20
    with pytest.raises(InvalidLab, match=r"spec\.files"):
        parse_spec(spec(files=[file(f"f{i}") for i in range(21)]))


def test_files_side_by_side_in_a_folder_are_fine() -> None:
    assert not list(file_problems([File(path=path, content="") for path in ("a/b", "a/c", "ab", "a.b")]))


def test_an_alias_that_is_not_declared_is_refused_in_a_file_as_in_a_text() -> None:
    with pytest.raises(InvalidLab) as refused:
        parse_spec(spec(files=[file("pod.yaml", "nodeName: ${node1}")]))
    assert str(refused.value.problems[0]).startswith("spec.files[0].content")


def test_names_are_filled_in_and_whatever_else_looks_like_one_stays() -> None:
    found = contents(
        [
            File(
                path="a",
                content="namespace: ${workspace}\nnode: ${node1} $${workspace} ${HOME} {{ .Values.x }}",
            )
        ],
        {"workspace": "demo", "node1": "worker2"},
    )
    assert found == {"a": "namespace: demo\nnode: worker2 ${workspace} ${HOME} {{ .Values.x }}"}
