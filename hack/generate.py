"""Makes the generated files (`make generate`), or says which are stale (`--check`, part of `make check`)."""

import sys
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path

from labs_page import labs_page
from tutoriallab.lab import crd, policy
from tutoriallab.settings import PREFIX, Settings
from tutoriallab.web.replay import document

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


def diagnosis_page() -> str:
    """docs/diagnosis.md, of the corpus of the tests."""
    sys.path.insert(0, str(ROOT / "tests"))
    import corpus_page

    return corpus_page.diagnosis_page()


def replay_page() -> str:
    """docs/rolling-update.html: the recorded lab that the page's tests play, in a file."""
    recorded = ROOT / "tests/web/recorded/rolling-update.json"
    return document(recorded.read_bytes(), "rolling-update · tutoriallab")


MANIFESTS = ROOT / "operator/tutoriallab/cluster/manifests"
CHART = "charts/tutoriallab/templates/manifests"
NOTICE = "# Generated from {} by `make generate`; do not edit.\n"


def chart_crd() -> str:
    """The CRD as the chart installs it: upgraded with the chart, and left there when it is uninstalled."""
    text = crd.render()
    keep = "metadata:\n  annotations:\n    helm.sh/resource-policy: keep\n"
    return text.replace("metadata:\n", keep, 1)


def chart_manifest(file: Path, value: str = "") -> str:
    """One file of the operator's rights; all of it if the value is set, where there is one."""
    documents = file.read_text(encoding="utf-8").split("\n---\n")
    # Helm makes the namespace.
    kept = "\n---\n".join(one for one in documents if "\nkind: Namespace\n" not in one)
    text = NOTICE.format(file.relative_to(ROOT)) + kept
    return f"{{{{- if .Values.{value} }}}}\n{text}{{{{- end }}}}\n" if value else text


#: The rules of what is opted in, which `install` makes of the setting, and the chart of the value.
OPTED_IN = """rules:
{{- range .Values.extraKinds }}
- apiGroups: [{{ if contains "/" .apiVersion }}{{ .apiVersion | splitList "/" | first }}{{ else }}""{{ end }}]
  resources: [{{ .resource }}]
  verbs: [list, watch]
{{- end }}
"""


def chart_extra_kinds() -> str:
    """The rights to read further kinds."""
    return chart_manifest(MANIFESTS / "optional/extra-kinds.yaml", "extraKinds").replace(
        "rules: []\n", OPTED_IN
    )


GENERATED: dict[str, Callable[[], str]] = {
    "crds/tutoriallab.dev_tutoriallabs.yaml": crd.render,
    "crds/tutoriallab.dev_valid-labs.yaml": policy.render,
    "docs/settings.md": settings_page,
    "docs/labs.md": labs_page,
    "docs/diagnosis.md": diagnosis_page,
    "docs/rolling-update.html": replay_page,
    f"{CHART}/crd.yaml": chart_crd,
    f"{CHART}/valid-labs.yaml": policy.render,
    **{f"{CHART}/{file.name}": partial(chart_manifest, file) for file in sorted(MANIFESTS.glob("*.yaml"))},
    f"{CHART}/outside.yaml": partial(chart_manifest, MANIFESTS / "optional/outside.yaml", "allowOutside"),
    f"{CHART}/page.yaml": partial(chart_manifest, MANIFESTS / "optional/page.yaml", "page.enabled"),
    f"{CHART}/extra-kinds.yaml": chart_extra_kinds,
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
