"""What is told of files that were written."""

from pathlib import Path

import pytest

from tutoriallab.cli.files import account
from tutoriallab.cli.folder import Written

WRITTEN = [Written("a.yaml", "written"), Written("deep/b.yaml", "same"), Written("c.yaml", "kept")]


def test_each_file_is_told_and_where_it_goes_on() -> None:
    assert list(account("gitops", Path("my files"), WRITTEN, "en")) == [
        "my files/a.yaml       written",
        "my files/deep/b.yaml  is there already",
        "my files/c.yaml       kept, as it was changed",
        "To have them as they were at first: the same command with --force.",
        "Next: cd 'my files', then tutoriallab status gitops",
    ]


def test_it_is_told_in_the_labs_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert list(account("gitops", Path("mine"), WRITTEN, "zh")) == [
        "mine/a.yaml       已写入",
        "mine/deep/b.yaml  已经在那里",
        "mine/c.yaml       保留，因为它被改动过",
        "要恢复成最初的样子：同一条命令加上 --force。",
        "接下来：先 cd mine，再 tutoriallab status gitops",
    ]
    monkeypatch.chdir(tmp_path)
    assert list(account("gitops", tmp_path, WRITTEN[:1], "zh"))[-1] == "接下来：tutoriallab status gitops"
