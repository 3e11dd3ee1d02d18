"""`programs`: gets what `up` would get, without starting anything; for tests and for images made ahead."""

import os

from tutoriallab.cli.options import Output
from tutoriallab.cli.progress import progress
from tutoriallab.cli.screen import say, show_json
from tutoriallab.cluster.pins import EMBEDDED
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain


def command(output: Output = "text") -> None:
    """Get the programs of a cluster without starting one."""
    with progress() as reports:
        paths = obtain(EMBEDDED, Places.from_environment(os.environ), reports)
    if output == "json":
        show_json({name: str(path) for name, path in paths.items()})
        return
    for name, path in paths.items():
        say(f"{name:<24} {path}")
