"""Makes the generated files (`make generate`), or says which are stale (`--check`, part of `make check`)."""

import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from tutoriallab.lab import crd, policy
from tutoriallab.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent


def settings_page() -> str:
    """docs/settings.md: every setting of the operator."""
    rows = []
    for one in fields(Settings):
        default = ", ".join(sorted(one.default)) if isinstance(one.default, frozenset) else str(one.default)
        rows.append(f"| `{PREFIX}{one.name.upper()}` | {one.metadata['doc']} | {default or 'none'} |")
    return (
        "<!-- Generated from operator/tutoriallab/settings.py by `make generate`; do not edit. -->\n"
        "# Settings of the operator\n\n"
        "Environment variables of `python -m tutoriallab operator`; `tutoriallab up` passes its own on.\n\n"
        "| variable | meaning | default |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


GENERATED: dict[str, Callable[[], str]] = {
    "crds/tutoriallab.dev_tutoriallabs.yaml": crd.render,
    "crds/tutoriallab.dev_valid-labs.yaml": policy.render,
    "docs/settings.md": settings_page,
}


def main() -> int:
    """Write every file, or with --check compare; the exit code is 1 when one is stale."""
    stale = []
    for name, render in GENERATED.items():
        path, wanted = ROOT / name, render()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        if "--check" in sys.argv:
            stale.append(name)
        else:
            path.write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"wrote {name}\n")
    for name in stale:
        sys.stderr.write(f"{name} is stale: run `make generate` and commit it\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
