"""Makes the generated files (`make generate`), or says which are stale (`--check`, part of `make check`)."""

import sys
from pathlib import Path

from tutoriallab.lab import crd

ROOT = Path(__file__).resolve().parent.parent
GENERATED = {ROOT / "crds" / "tutoriallab.dev_tutoriallabs.yaml": crd.render}


def main() -> int:
    """Write every file, or with --check compare; the exit code is 1 when one is stale."""
    stale = []
    for path, render in GENERATED.items():
        wanted = render()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        if "--check" in sys.argv:
            stale.append(path)
        else:
            path.write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `make generate` and commit it\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
