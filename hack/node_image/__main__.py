"""`make node-image`: builds the archive of the node image and says where it is."""

import argparse
import os
import sys
from pathlib import Path

from node_image.build import build
from node_image.command import run
from tutoriallab.cluster.pins import KUBERNETES
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress


def main() -> int:
    """Build it; 1 with a sentence when that cannot be done here."""
    parser = argparse.ArgumentParser(prog="make node-image", description=__doc__)
    parser.add_argument("--out", type=Path, help="the archive; in the cache by default")
    parser.add_argument("--fresh", action="store_true", help="get today's Debian packages")
    asked = parser.parse_args()
    places = Places.from_environment(os.environ)
    target = asked.out or places.node_archive(KUBERNETES)

    def make(progress: Progress) -> str:
        if asked.fresh:
            for kept in (places.cache / "node-image").glob("debian-*.tar"):
                kept.unlink()
        return build(places, progress, target)

    return run(make, target)


if __name__ == "__main__":
    sys.exit(main())
