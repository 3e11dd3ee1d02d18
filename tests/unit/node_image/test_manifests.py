import json

import yaml

from node_image.manifests import network, storage

PUBLISHED = """
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
      - image: rancher/local-path-provisioner:v0.0.30
        command: [local-path-provisioner, --debug, start, --config, /etc/config/config.json]
---
kind: StorageClass
metadata: {name: local-path}
---
kind: ConfigMap
data:
  config.json: '{"nodePathMap": [{"paths": ["/opt/local-path-provisioner"]}]}'
  helperPod.yaml: |
    kind: Pod
    spec:
      containers: [{name: helper-pod, image: busybox}]
"""


def test_the_storage_uses_only_images_that_the_node_brings() -> None:
    deployment, kind, config = yaml.safe_load_all(storage(PUBLISHED))
    spec = deployment["spec"]["template"]["spec"]
    assert spec["containers"][0]["image"] == "tutoriallab.dev/local-path-provisioner:v0.0.30"
    helper = "tutoriallab.dev/local-path-helper:v0.0.30"
    assert spec["containers"][0]["command"][2:5] == ["start", "--helper-image", helper]
    assert kind["metadata"] == {
        "name": "standard",
        "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
    }
    assert json.loads(config["data"]["config.json"])["nodePathMap"][0]["paths"] == [
        "/var/local-path-provisioner"
    ]
    assert yaml.safe_load(config["data"]["helperPod.yaml"])["spec"]["containers"][0]["image"] == helper


def test_the_network_takes_this_versions_image() -> None:
    assert network("image: routes:@KUBERNETES@") == "image: routes:v1.34.4"
