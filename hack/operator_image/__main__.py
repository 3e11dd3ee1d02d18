"""`make operator-image`: builds the operator's image and says where it is."""

import argparse
import os
import sys
from pathlib import Path

from node_image.command import run
from operator_image.build import VERSION, build
from tutoriallab.cluster.places import Places


def main() -> int:
    """Build it; 1 with a sentence when that cannot be done here."""
    parser = argparse.ArgumentParser(prog="make operator-image", description=__doc__)
    parser.add_argument("--out", type=Path, help="the archive; in the cache by default")
    asked = parser.parse_args()
    places = Places.from_environment(os.environ)
    target = asked.out or places.operator_archive(VERSION)
    return run(lambda progress: build(places, progress, target), target)


if __name__ == "__main__":
    sys.exit(main())
