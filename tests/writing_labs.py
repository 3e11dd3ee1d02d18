"""What docs/writing-labs.md has an author type: its snippets of YAML, and the lab that it leads to."""

import re
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cli.new import command as new

PAGE = Path(__file__).resolve().parents[1] / "docs" / "writing-labs.md"
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SCRIPT = re.compile(r"^`([\w/.-]+\.sh)`:\n\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Json = dict[str, Any]


def page() -> str:
    """The page as it is."""
    return PAGE.read_text(encoding="utf-8")


def walk() -> str:
    """The part that leads to a lab."""
    return page().partition("## A lab in fifteen minutes")[2].partition("\n## ")[0]


def snippets(text: str) -> list[Json]:
    """Every snippet of YAML, parsed."""
    return [yaml.safe_load(found) for found in _YAML.findall(text)]


def make_lost_service(folder: Path) -> Path:
    """Do what the page says, in this folder; where the lab is then."""
    new("lost-service", "The lost Service", "迷路的 Service", folder=folder)
    place = folder / "mine" / "lost-service"
    body = yaml.safe_load((place / "lab.yaml").read_text(encoding="utf-8"))
    for part in snippets(walk()):
        (body["spec"]["steps"][0] if "checks" in part else body["spec"]).update(part)
    (place / "lab.yaml").write_text(
        yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    for mutant in (place / "mutants").iterdir():
        mutant.unlink()
    for path, text in _SCRIPT.findall(walk()):
        (place / path).write_text(text, encoding="utf-8")
        (place / path).chmod(0o755)
    return place
