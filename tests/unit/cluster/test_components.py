import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutoriallab.cluster import components


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A kwok folder with a component that sleeps."""
    for name in ("bin", "pids", "logs"):
        (tmp_path / name).mkdir()
    program = tmp_path / "bin" / "etcd"
    program.symlink_to(shutil.which("sleep") or "/bin/sleep")
    with subprocess.Popen([str(program), "60"]) as process:
        deadline = time.monotonic() + 5
        while not components.running(tmp_path):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield tmp_path
        process.kill()


def test_a_component_is_told_by_its_own_command_line(folder: Path) -> None:
    assert list(components.running(folder)) == ["etcd"]
    assert components.running(folder.parent) == {}


def test_pid_files_of_strangers_are_forgotten_and_true_ones_kept(folder: Path) -> None:
    pid = components.running(folder)["etcd"]
    (folder / "pids" / "etcd.pid").write_text(str(pid))
    (folder / "pids" / "kube-scheduler.pid").write_text(str(os.getpid()))
    (folder / "pids" / "kwok-controller.pid").write_text("")
    components.forget_strangers(folder)
    assert [file.name for file in (folder / "pids").iterdir()] == ["etcd.pid"]


@pytest.mark.parametrize("patience", [0, 5.0])
def test_stopping_leaves_no_process(folder: Path, patience: float) -> None:
    components.stop(folder, patience)
    assert components.running(folder) == {}


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("one\ntwo\n", "two"),
        (
            'E1 run.go:72] "command failed" err="listen tcp: address already in use"\n',
            "listen tcp: address already in use",
        ),
        ('{"level":"fatal","msg":"discovery failed","error":"bind: no"}\n\tgoroutine 1\n', "bind: no"),
        ("panic: freepages: broken\ngoroutine 1\n\tx.go:1\n", "panic: freepages: broken"),
        ("panic: wal: broken\nzap.(*Logger).Panic(0x3, {0x1})\n\t/x.go:3 +0x1\n", "panic: wal: broken"),
        ("", ""),
    ],
)
def test_last_words_are_the_cause_not_the_stack_trace(log: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "etcd.log").write_text(log)
    assert components.last_words(tmp_path, "etcd") == words
    assert components.any_says(tmp_path, words) is bool(words)
    assert components.last_words(tmp_path, "kube-apiserver") == ""


def test_a_component_that_was_started_and_is_gone_has_ended(folder: Path) -> None:
    (folder / "pids" / "etcd.pid").touch()
    (folder / "pids" / "kube-scheduler.pid").touch()
    assert components.ended(folder) == ["kube-scheduler"]
