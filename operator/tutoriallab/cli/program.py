"""Under which name the program was called; texts that show commands repeat it."""

import sys
from pathlib import Path

PLUGIN = "kubectl-lab"


def program() -> str:
    """`kubectl lab` when kubectl called us as its plugin, else `tutoriallab`."""
    return "kubectl lab" if Path(sys.argv[0]).name.startswith(PLUGIN) else "tutoriallab"
