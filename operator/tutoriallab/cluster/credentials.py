"""Our own kubeconfig of an embedded cluster; called by embedded.py, read by the tests and by kubeconfig.py.

kwokctl's refers to files in its folder; ours holds the certificates, so that it can be copied and merged.
"""

import base64
import os
from pathlib import Path

import yaml


def write(kwok_folder: Path, context: str, file: Path) -> None:
    """Write the administrator's kubeconfig of the cluster in `kwok_folder`, mode 0600; raises OSError."""
    made = yaml.safe_load((kwok_folder / "kubeconfig.yaml").read_text())
    server = made["clusters"][0]["cluster"]["server"]
    pki = kwok_folder / "pki"
    cluster = {"certificate-authority-data": _encoded(pki / "ca.crt"), "server": server}
    user = {
        "client-certificate-data": _encoded(pki / "admin.crt"),
        "client-key-data": _encoded(pki / "admin.key"),
    }
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": context, "cluster": cluster}],
        "contexts": [{"name": context, "context": {"cluster": context, "user": context}}],
        "current-context": context,
        "users": [{"name": context, "user": user}],
    }
    part = file.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        yaml.safe_dump(config, output, sort_keys=False)
    part.replace(file)


def _encoded(file: Path) -> str:
    return base64.b64encode(file.read_bytes()).decode()
