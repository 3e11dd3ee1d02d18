"""A lab's author learns everything that is wrong, with file and line."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import check, lab, step
from tutoriallab.cli.error import CliError
from tutoriallab.cli.lint import lab_files, lint
from tutoriallab.data import labs_dir

TWO = {"en": "text", "zh": "文字"}
GOOD = "#!/bin/sh\n# step: first\nset -eu\nkubectl get pods\n"
MUTANT = "#!/bin/sh\n# step: first\n# check: there\n# message: wanted 3\nset -eu\nkubectl get pods\n"


def folder(tmp_path: Path, **changes: Any) -> Path:
    """A lab folder without faults, but for the changes of its spec."""
    place = tmp_path / "pods" / "demo"
    (place / "mutants").mkdir(parents=True)
    first = step("first", check(says=TWO), title=TWO, task=TWO)
    body = lab("demo", first, **{"title": TWO, "summary": TWO, "debrief": TWO, **changes})
    body["metadata"] = {"name": "demo", "labels": {"tutoriallab.dev/topic": "pods"}}
    (place / "lab.yaml").write_text(yaml.safe_dump(body, sort_keys=False, allow_unicode=True))
    for name, text in {"solution.sh": GOOD, "mutants/a.sh": MUTANT, "mutants/b.sh": MUTANT}.items():
        (place / name).write_text(text)
        (place / name).chmod(0o755)
    return place


def line_of(place: Path, start: str) -> int:
    lines = (place / "lab.yaml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.strip().startswith(start))


def problems(place: Path) -> list[str]:
    return [f"{one.file.name}:{one.line}: {one.problem}" for one in lint(place / "lab.yaml")]


def test_a_good_lab_has_no_problem(tmp_path: Path) -> None:
    assert problems(folder(tmp_path)) == []


def test_the_catalogue_has_no_problem() -> None:
    found = [str(one) for file in lab_files([labs_dir()]) for one in lint(file)]

    assert found == []


def test_a_kind_that_is_opted_in_is_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = {"x": {"apiVersion": "example.com/v1", "kind": "Widget", "name": "x"}}
    first = step("first", check(says=TWO, given=widget, expect=["x.spec.turns == 3"]), title=TWO, task=TWO)
    place = folder(tmp_path, steps=[first])
    (refused,) = problems(place)
    assert "TUTORIALLAB_EXTRA_KINDS=example.com/v1/Widget" in refused

    monkeypatch.setenv("TUTORIALLAB_EXTRA_KINDS", "example.com/v1/Widget")
    assert problems(place) == []

    monkeypatch.setenv("TUTORIALLAB_EXTRA_KINDS", "Widget")
    with pytest.raises(CliError, match="TUTORIALLAB_EXTRA_KINDS is 'Widget': write 'Widget' as group"):
        lint(place / "lab.yaml")


def test_a_text_without_chinese_is_told_with_its_line(tmp_path: Path) -> None:
    place = folder(tmp_path, summary={"en": "only"})

    assert [one.split(":", 1)[1] for one in problems(place)] == [
        f"{line_of(place, 'summary:')}: spec.summary: there is no text in zh: write it"
    ]


def test_a_text_in_the_other_language_is_told_but_not_code_and_names(tmp_path: Path) -> None:
    english = "A text that nobody has translated"
    place = folder(tmp_path, summary={"en": "看一看", "zh": "看一看"}, debrief={"en": english, "zh": english})

    assert [one.split(": ", 1)[1] for one in problems(place)] == [
        "spec.summary.en: has Chinese in it: write it in English",
        "spec.debrief.zh: has no Chinese in it: translate it",
    ]
    code = "`kubectl -n ${workspace} get pods -l app=web -o wide`"
    names = {"en": "Hello `你好`", "zh": "Hello Docker, Hello Kubernetes"}
    assert problems(folder(tmp_path / "fine", summary=names, debrief={"en": code, "zh": code})) == []


def test_a_name_that_stands_for_nothing_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path, debrief={"en": "${workspac} $${HOME} ${workspace}", "zh": "x"})

    assert [one.split(": ", 1)[1] for one in problems(place)] == [
        "spec.debrief.en: ${workspac} stands for nothing: use ${workspace}, or $${workspac} for the text itself"
    ]


def test_cel_that_does_not_compile_is_told_with_its_path(tmp_path: Path) -> None:
    first = step("first", check(says=TWO, expect=["web.spec.replicas =="]), title=TWO, task=TWO)
    place = folder(tmp_path, steps=[first])

    assert "spec.steps[0].checks[0].expect[0]" in problems(place)[0]


def test_an_unknown_field_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path, stepps=[])

    assert "stepps" in problems(place)[0]


@pytest.mark.parametrize(
    ("sentence", "name", "text", "mode", "wanted"),
    [
        ("not executable", "solution.sh", GOOD, 0o644, "solution.sh:1: is not executable"),
        (
            "another shell",
            "solution.sh",
            GOOD.replace("/sh", "/bash"),
            0o755,
            "does not begin with #!/bin/sh",
        ),
        (
            "an unknown step",
            "solution.sh",
            GOOD.replace("first", "second"),
            0o755,
            "solution.sh:2: there is no step second",
        ),
        ("no shell", "solution.sh", GOOD + "if\n", 0o755, "sh cannot read it"),
        ("no head", "mutants/a.sh", GOOD, 0o755, "its head has no `# check:`"),
        (
            "an unknown check",
            "mutants/a.sh",
            MUTANT.replace("there", "here"),
            0o755,
            "a.sh:3: step first has no check here",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_scripts(tmp_path: Path, sentence: str, name: str, text: str, mode: int, wanted: str) -> None:
    place = folder(tmp_path)
    (place / name).write_text(text)
    (place / name).chmod(mode)

    assert wanted in "\n".join(problems(place))


def test_too_few_mutants_and_no_solution_are_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "solution.sh").unlink()
    (place / "mutants" / "a.sh").unlink()

    told = "\n".join(problems(place))

    assert "there is no solution.sh" in told
    assert "there are 1 scripts in mutants/, at least 2 are wanted" in told


def test_a_lab_stands_under_its_name_and_topic(tmp_path: Path) -> None:
    place = folder(tmp_path)
    moved = place.rename(tmp_path / "pods" / "other")

    assert problems(moved) == [
        "lab.yaml:4: metadata.name: is not the folder's name: call it other, or rename the folder"
    ]


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "lab.yaml").write_text("kind: TutorialLab\nspec: [\n")

    assert problems(place)[0].startswith("lab.yaml:3: ")


def test_a_field_beside_spec_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    file = place / "lab.yaml"
    file.write_text(file.read_text() + "provision: []\n")

    assert problems(place) == [
        f"lab.yaml:{line_of(place, 'provision:')}: provision: is no field of a TutorialLab: "
        "put it below spec, two spaces further in"
    ]


def test_a_field_that_stands_twice_is_told(tmp_path: Path) -> None:
    place = folder(tmp_path)
    file = place / "lab.yaml"
    line = line_of(place, "summary:")
    file.write_text(file.read_text() + "  summary: &again {en: x, zh: x}\n  debrief: *again\n")

    last = len(file.read_text().splitlines())
    told = problems(place)
    assert told[0] == (
        f"lab.yaml:{last - 1}: summary stands here again (first in line {line}), and only this one counts: join them"
    )
    assert told[1].startswith(f"lab.yaml:{last}: debrief stands here again")
    assert len(told) == 2


def test_a_file_that_is_no_lab_is_told(tmp_path: Path) -> None:
    file = tmp_path / "pod.yaml"
    file.write_text("kind: Pod\nmetadata: {name: x}\n")

    assert "is not one object of kind TutorialLab" in lint(file)[0].problem


def test_a_lab_that_asks_containers_and_does_not_say_so_is_told(tmp_path: Path) -> None:
    page = {"page": {"kind": "Http", "service": "web", "port": 80}}
    first = step("first", check(says=TWO, given=page, expect=["page.status == 200"]), title=TWO, task=TWO)
    (problem,) = problems(folder(tmp_path, steps=[first]))
    assert "spec.requires.capabilities: add Containers: spec.steps[0].checks[0].given.page" in problem


def test_a_lab_that_says_so_has_no_problem(tmp_path: Path) -> None:
    page = {"page": {"kind": "Http", "service": "web", "port": 80}}
    first = step("first", check(says=TWO, given=page, expect=["page.status == 200"]), title=TWO, task=TWO)
    assert problems(folder(tmp_path, steps=[first], requires={"capabilities": ["Containers"]})) == []


def test_what_checks_ask_for_is_judged_with_the_solution_beside_them(tmp_path: Path) -> None:
    unsaid = check("unsaid", says=TWO)
    always = check("always", says=TWO, given={}, expect=["1 < 2"])
    empty = {"pods": {"apiVersion": "v1", "kind": "Pod"}}
    passed = check("passed", says=TWO, given=empty, expect=["size(pods) == 0"])
    place = folder(tmp_path, steps=[step("first", unsaid, always, passed, title=TWO, task=TWO)])
    (place / "solution.sh").write_text(GOOD + "kubectl scale deployment web --replicas=3\n")
    (place / "mutants" / "a.sh").write_text(MUTANT.replace("there", "unsaid"))
    (place / "mutants" / "b.sh").write_text(MUTANT.replace("there", "always"))

    where = "spec.steps[0].checks"
    assert [one.split(": ")[1:3] for one in problems(place)] == [
        [
            f"{where}[0].given.web.name",
            "asks for 'web', which the solution types and no text in en or zh says by then",
        ],
        [
            f"{where}[0].expect[0]",
            "asks for 3, which the solution types and no text in en or zh says by then",
        ],
        [f"{where}[1].expect", "is true whatever is in the cluster, so the check cannot fail"],
        [
            f"{where}[2]",
            "is passed before the learner does anything, by the starting state",
        ],
    ]
    assert problems(place)[1].startswith(f"lab.yaml:{line_of(place, '- web.spec.replicas == 3')}: ")
