"""Where the package's own files are: the CRD, the catalogue, the chart, what builds the programs.

Called by the CLI (`crds_dir`, `labs_dir`), by cluster/in_cluster.py (`chart_dir`) and by cluster/build.py
(`programs_dir`). A checkout comes first, so that an editable install sees what its author edits; a wheel carries
copies under `tutoriallab/data`.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def crds_dir() -> Path:
    """Folder of the generated CustomResourceDefinition; raises FileNotFoundError if it is not installed."""
    return _folder("crds", "crds")


def labs_dir() -> Path:
    """Folder of the catalogue, `<topic>/<slug>/lab.yaml`; raises FileNotFoundError if it is not installed."""
    return _folder("labs", "labs")


def chart_dir() -> Path:
    """Folder of the chart that `up --in-cluster` installs; raises FileNotFoundError if it is not installed."""
    return _folder("charts/tutoriallab", "charts/tutoriallab")


def programs_dir() -> Path:
    """Folder of the pinned Go modules, one a subfolder; raises FileNotFoundError if it is not installed."""
    return _folder("hack/programs", "programs")


def _folder(in_checkout: str, in_wheel: str) -> Path:
    # Only a checkout has our pyproject.toml two folders up; site-packages never does.
    if (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / in_checkout).is_dir():
        return _CHECKOUT / in_checkout
    folder = _PACKAGE / "data" / in_wheel
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is missing: install tutoriallab again")
    return folder
