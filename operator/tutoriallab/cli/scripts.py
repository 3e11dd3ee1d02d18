"""A lab's scripts (solutions and mutants): their heads, and the place where they run.

Called by `solve`, `lint` and `prove`. A script gets WORKSPACE, LAB, LAB_NAMESPACE, KUBECONFIG and NODE1 … in its
environment, a folder of its own with the lab's files in it, the same kubectl that the command line uses with us as
its plugin (`kubectl lab`), and helm or kind where it calls that.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import tutoriallab
from tutoriallab.cli.folder import write
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.program import PLUGIN
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Progress, Silent
from tutoriallab.status.seen import Seen

#: Programs besides kubectl that scripts may call: what is not on PATH comes from where a cluster's programs do.
HELPERS = ("helm", "kind")
_HEAD = re.compile(r"^#\s*(step|check|message):\s*(.*?)\s*$")


@dataclass(frozen=True)
class Script:
    """One script and what its comments declare."""

    file: Path
    text: str
    steps: tuple[tuple[int, str], ...]
    """Line and name of every `# step:`."""
    check: str = ""
    message: str = ""

    @property
    def step(self) -> str:
        """The step that a mutant's head names."""
        return self.steps[0][1] if self.steps else ""

    @property
    def helpers(self) -> tuple[str, ...]:
        """Those of HELPERS that it calls."""
        return tuple(
            name for name in HELPERS if re.search(rf"(^|[|;&(])[ \t]*{name}[ \t]", self.text, re.MULTILINE)
        )


@dataclass(frozen=True)
class Desk:
    """Where a lab's scripts run: a folder that goes when they are done."""

    folder: Path
    environment: Mapping[str, str]

    def start(self, script: Script, *shell: str) -> subprocess.Popen[str]:
        """Start a script; its output and errors come in order on stdout. In its own group, so that it can be ended."""
        return subprocess.Popen(
            [*(shell or ("/bin/sh",)), str(script.file.resolve())],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )


def read_script(file: Path) -> Script:
    """A script with what its head declares; raises OSError, UnicodeDecodeError."""
    text = file.read_text(encoding="utf-8")
    steps: list[tuple[int, str]] = []
    head: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _HEAD.match(line):
            if found[1] == "step":
                steps.append((number, found[2]))
            head.setdefault(found[1], found[2])
    return Script(file, text, tuple(steps), head.get("check", ""), head.get("message", ""))


def get_helpers(scripts: Iterable[Script], progress: Progress) -> dict[str, Path]:
    """The programs that these scripts call; the first time that takes a while. Raises ClusterError."""
    names = sorted({name for script in scripts for name in script.helpers})
    return obtain(names, Places.from_environment(os.environ), progress)


@contextmanager
def desk(kubectl: Kubectl, lab: Seen, script: Script) -> Iterator[Desk]:
    """A place to run one script of a lab; raises CliError when the kubeconfig cannot be read."""
    with TemporaryDirectory(prefix="tutoriallab-") as name:
        folder = Path(name)
        programs, work = folder / "bin", folder / "work"
        programs.mkdir()
        work.mkdir()
        (programs / "kubectl").symlink_to(kubectl.path.resolve())
        (programs / PLUGIN).write_text(plugin(), encoding="utf-8")
        (programs / PLUGIN).chmod(0o755)
        for helper, path in get_helpers([script], Silent()).items():
            (programs / helper).symlink_to(path.resolve())
        write(work, lab.files)
        config = folder / "kubeconfig"
        config.touch(mode=0o600)
        config.write_text(kubectl.kubeconfig(), encoding="utf-8")
        environment = {
            **os.environ,
            **kubectl.environment,
            **variables(lab),
            "KUBECONFIG": str(config),
            **{
                f"HELM_{kind}_HOME": str(folder / "helm" / kind.lower())
                for kind in ("CACHE", "CONFIG", "DATA")
            },
            "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
        }
        yield Desk(work, environment)


def plugin() -> str:
    """A program that is this one as kubectl's plugin; a script's folder and PATH would not find it again."""
    source = str(Path(tutoriallab.__file__ or "").resolve().parent.parent)
    call = f"import sys; sys.argv[0] = {PLUGIN!r}; from tutoriallab.cli.main import main; main()"
    path = f"PYTHONPATH={shlex.quote(source)}${{PYTHONPATH:+:$PYTHONPATH}}"
    return f'#!/bin/sh\n{path} exec {shlex.quote(sys.executable)} -c {shlex.quote(call)} "$@"\n'


def variables(lab: Seen) -> dict[str, str]:
    """What a script knows of the lab: WORKSPACE, LAB, LAB_NAMESPACE and NODE1 …."""
    nodes = {alias.upper(): node for alias, node in lab.status.nodes.items()}
    return {"WORKSPACE": lab.workspace, "LAB": lab.name, "LAB_NAMESPACE": lab.namespace, **nodes}


def end(process: subprocess.Popen[str]) -> None:
    """End a script and all that it started, and let go of its output."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
