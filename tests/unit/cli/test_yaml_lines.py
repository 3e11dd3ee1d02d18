"""Field paths are found in the file."""

import pytest

from tutoriallab.cli.yaml_lines import Lines

TEXT = """apiVersion: v1
spec:
  steps:
  - name: one
    checks:
    - name: a
      expect:
      - x
      - y
  - name: two
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("spec", 2),
        ("spec.steps[0].name", 4),
        ("spec.steps[0].checks[0].expect[1]", 9),
        ("spec.steps[1].name", 10),
        ("spec.steps[1].title.en", 10),
        ("spec.steps[7]", 3),
        ("spec.steps[...]", 3),
        ("metadata.name", 1),
    ],
)
def test_a_path_has_the_line_of_its_field_or_of_the_nearest_above(path: str, line: int) -> None:
    assert Lines(TEXT).line(path) == line


def test_a_file_that_is_no_yaml_has_one_line() -> None:
    assert Lines("a: [").line("spec.steps[0]") == 1
