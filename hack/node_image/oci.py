"""Images of layers: as an OCI image layout (what a node's registry serves) and as an archive for `docker load`.

Pure but for the files that it writes; called by build.py.
"""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from node_image.contents import Image, full_name
from node_image.layers import Layer, Tree

_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_INDEX = "application/vnd.oci.image.index.v1+json"
#: An image has a date; ours has the same one always, as what is in it has not changed by being built again.
CREATED = "2020-01-01T00:00:00Z"


@dataclass(frozen=True)
class Blob:
    """Bytes, known by their SHA-256."""

    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def descriptor(self, kind: str) -> dict[str, Any]:
        """How a manifest or an index refers to it."""
        return {"mediaType": kind, "digest": f"sha256:{self.digest}", "size": len(self.content)}


def config(image: Image, layers: Sequence[Layer], architecture: str) -> Blob:
    """An image's configuration: how it is started, and the layers below."""
    settings: dict[str, Any] = {
        "Env": list(image.environment),
        "Entrypoint": list(image.entrypoint),
        "Cmd": list(image.command),
        "Labels": dict(image.labels),
        "WorkingDir": image.folder,
        "User": image.user,
        "StopSignal": image.stop_signal,
        "ExposedPorts": {port: {} for port in image.ports},
    }
    return _json(
        {
            "created": CREATED,
            "architecture": architecture,
            "os": "linux",
            "config": {name: value for name, value in settings.items() if value},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{one.diff_id}" for one in layers]},
            "history": [{"created": CREATED} for _ in layers],
        }
    )


def layout(images: Sequence[Image], layers: Mapping[str, Layer], architecture: str, below: str) -> Tree:
    """All images as an OCI image layout in the folder `below`; a layer that several share is in it once."""
    tree, listed = Tree(), []

    def keep(blob: Blob) -> Blob:
        tree.file(f"{below}/blobs/sha256/{blob.digest}", blob.content)
        return blob

    for image in images:
        own = [layers[name] for name in image.layers]
        for layer in own:
            tree.file(f"{below}/blobs/sha256/{layer.digest}", layer.file)
        settings = keep(config(image, own, architecture))
        manifest = keep(_json(_manifest(settings, own)))
        for name in image.names:
            named = {"io.containerd.image.name": full_name(name)}
            listed.append({**manifest.descriptor(_MANIFEST), "annotations": named})
    index = {"schemaVersion": 2, "mediaType": _INDEX, "manifests": listed}
    tree.file(f"{below}/oci-layout", '{"imageLayoutVersion":"1.0.0"}')
    return tree.file(f"{below}/index.json", json.dumps(index, indent=1, sort_keys=True))


def _manifest(settings: Blob, layers: Sequence[Layer]) -> dict[str, Any]:
    return {
        "schemaVersion": 2,
        "mediaType": _MANIFEST,
        "config": settings.descriptor(_CONFIG),
        "layers": [
            {"mediaType": _LAYER, "digest": f"sha256:{one.digest}", "size": one.size} for one in layers
        ],
    }


def archive(
    target: Path, settings: Blob, layers: Sequence[Layer], name: str, first: tuple[str, bytes]
) -> None:
    """Write one image as `docker load` and `podman load` take it, after the file `first` (name, content)."""
    described = {
        "Config": f"{settings.digest}.json",
        "RepoTags": [name],
        "Layers": [f"{one.diff_id}.tar" for one in layers],
    }
    part = target.with_suffix(".part")
    with tarfile.open(part, "w", format=tarfile.PAX_FORMAT) as output:
        _append(output, first[0], first[1])
        _append(output, "manifest.json", json.dumps([described]).encode())
        _append(output, f"{settings.digest}.json", settings.content)
        for one in layers:
            output.add(one.file, f"{one.diff_id}.tar", filter=_plain)
    shutil.move(part, target)


def _append(output: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    output.addfile(member, io.BytesIO(content))


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mtime, member.mode = 0, 0o644
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _json(content: dict[str, Any]) -> Blob:
    return Blob(json.dumps(content, sort_keys=True, separators=(",", ":")).encode())
