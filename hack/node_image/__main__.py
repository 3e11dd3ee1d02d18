"""`make node-image`: builds the archive of the node image and says where it is."""

import argparse
import os
import sys
import time
from pathlib import Path

from node_image.build import build
from tutoriallab.cli.progress import progress
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.pins import KUBERNETES
from tutoriallab.cluster.places import Places


def main() -> int:
    """Build it; 1 with a sentence when that cannot be done here."""
    parser = argparse.ArgumentParser(prog="make node-image", description=__doc__)
    parser.add_argument("--out", type=Path, help="the archive; in the cache by default")
    parser.add_argument("--fresh", action="store_true", help="get today's Debian packages")
    asked, begun = parser.parse_args(), time.monotonic()
    places = Places.from_environment(os.environ)
    target = asked.out or places.node_archive(KUBERNETES)
    try:
        if asked.fresh:
            for kept in (places.cache / "node-image").glob("debian-*.tar"):
                kept.unlink()
        with progress() as reports:
            name = build(places, reports, target)
    except (ClusterError, OSError) as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    size = target.stat().st_size / 1e6
    sys.stdout.write(f"{name} is in {target} ({size:.0f} MB, {time.monotonic() - begun:.0f} s).\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
