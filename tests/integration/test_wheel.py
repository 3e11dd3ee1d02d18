"""An installed wheel has all that a checkout has: what `up`, `ls` and `up --in-cluster` read."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tutoriallab.cli.new import TEMPLATE
from tutoriallab.data import chart_dir, crds_dir, labs_dir, programs_dir

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[2]
ASK = "from tutoriallab import data; print(data.{}())"


def files(folder: Path) -> set[Path]:
    return {one.relative_to(folder) for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("here", [chart_dir, crds_dir, labs_dir, programs_dir])
def test_a_wheel_brings_every_file(here: Callable[[], Path], site: Path) -> None:
    asked = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(site)!r}); " + ASK.format(here.__name__),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    there = Path(asked.stdout.strip())
    assert there.is_relative_to(site)
    assert files(there) == files(here())


def test_a_wheel_brings_what_new_makes_labs_of(site: Path) -> None:
    assert files(site / "tutoriallab" / "cli" / "new_lab") == files(TEMPLATE)
    assert len(files(TEMPLATE)) == 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked where nothing of the checkout is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"
