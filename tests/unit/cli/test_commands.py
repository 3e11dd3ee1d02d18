"""The list of commands, and that asking for help stays fast."""

import subprocess
import sys

import pytest

from tutoriallab.cli.commands import COMMANDS, load

HEAVY = {"rich", "kopf", "kubernetes", "aiohttp", "yaml", "msgspec", "asyncio"}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_the_list_says(name: str) -> None:
    assert (load(name).help or "").startswith(COMMANDS[name].removesuffix("."))


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['tutoriallab', '--help']\nfrom tutoriallab.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "start" in ran.stdout
    assert HEAVY & set(ran.stderr.split()) == set()


@pytest.mark.parametrize(("typed", "meant"), [("strat", "start"), ("statu", "status"), ("prov", "prove")])
def test_a_command_with_a_typing_error_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tutoriallab", typed], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 2
    assert f"There is no command {typed}: did you mean {meant}?" in ran.stderr
