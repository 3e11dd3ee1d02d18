"""The chart as Helm and an API server read it; on real kubelets: tests/kind/test_the_chart.py."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tutoriallab.cluster.chart_values import VALUES
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent
from tutoriallab.data import chart_dir
from tutoriallab.settings import Settings
from world import World

pytestmark = pytest.mark.integration
Json = dict[str, Any]
SYSTEM = "tutoriallab-system"
#: Every value another than the chart's own, everything switched on.
ALL_ON: Json = {
    "replicas": 3,
    "image": {
        "repository": "registry.example:5000/operator",
        "tag": "",
        "digest": f"sha256:{'a' * 64}",
        "pullPolicy": "Always",
        "pullSecrets": [{"name": "registry"}],
    },
    "capabilities": ["Containers", "DynamicVolumes", "ImageLoad", "NodePower"],
    "allowPrivileged": True,
    "allowOutside": True,
    "extraKinds": [
        {"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "resource": "certificates"},
        {"apiVersion": "v1", "kind": "PodTemplate", "resource": "podtemplates"},
    ],
    "leaseIdle": 60,
    "logLevel": "DEBUG",
    "env": [{"name": "TUTORIALLAB_SETTLE_TIMEOUT", "value": "30"}],
    "resources": {"requests": {"cpu": "1"}},
    "page": {"enabled": True, "hosts": ["labs.example.com"], "resources": {"requests": {"cpu": "1"}}},
    "nodeSelector": {"disk": "fast"},
    "tolerations": [{"operator": "Exists"}],
    "affinity": {"podAntiAffinity": {}},
    "priorityClassName": "system-cluster-critical",
    "podAnnotations": {"a": "b"},
    "podDisruptionBudget": {"enabled": False},
    "networkPolicy": {"enabled": False, "apiServerPorts": [6444]},
    "serviceMonitor": {"enabled": True, "interval": "1m", "labels": {"release": "prometheus"}},
}


@pytest.fixture(scope="module")
def helm() -> Path:
    return obtain(["helm"], Places.from_environment(os.environ), Silent())["helm"]


def run(
    helm: Path, folder: Path, *arguments: str, values: Json | None = None, namespace: str = SYSTEM
) -> "subprocess.CompletedProcess[str]":
    """helm on the chart, with no settings of whoever runs the tests."""
    (folder / "values.json").write_text(json.dumps(values or {}))
    given = [*arguments, "--namespace", namespace, "--values", str(folder / "values.json")]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        [str(helm), *given], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def rendered(helm: Path, folder: Path, values: Json | None = None) -> list[Json]:
    done = run(helm, folder, "template", "tutoriallab", str(chart_dir()), values=values)
    assert done.returncode == 0, done.stderr
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def one(objects: Sequence[Json], kind: str, name: str = "tutoriallab-operator") -> Json:
    [found] = [each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def test_all_values_are_tried() -> None:
    values = yaml.safe_load((chart_dir() / "values.yaml").read_text())
    assert set(ALL_ON) == set(values)
    assert [name for name in values if ALL_ON[name] == values[name]] == []
    schema = json.loads((chart_dir() / "values.schema.json").read_text())
    # A value `global` is what Helm itself hands to every chart.
    assert set(schema["properties"]) == {*values, "global"}
    assert set(VALUES.values()) <= set(values)


@pytest.mark.parametrize("values", [{}, ALL_ON], ids=["defaults", "all on"])
def test_helm_has_nothing_to_say_against_the_chart(helm: Path, tmp_path: Path, values: Json) -> None:
    done = run(helm, tmp_path, "lint", "--strict", str(chart_dir()), values=values)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[WARNING]" not in done.stdout


@pytest.mark.parametrize("values", [{}, ALL_ON], ids=["defaults", "all on"])
def test_the_api_server_knows_every_field_of_what_is_rendered(
    helm: Path, tmp_path: Path, world: World, values: Json
) -> None:
    objects = rendered(helm, tmp_path, values)
    # Kinds of others, which this cluster does not serve.
    own = [each for each in objects if each["kind"] != "ServiceMonitor"]
    assert {"Deployment", "CustomResourceDefinition", "ClusterRole", "Pod"} <= {each["kind"] for each in own}
    checked = world.kubectl(
        *("apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", "-f", "-"),
        stdin=yaml.safe_dump_all(own),
    )
    assert len(checked.splitlines()) == len(own)


def test_metrics_are_scraped_where_the_service_has_them(helm: Path, tmp_path: Path) -> None:
    objects = rendered(helm, tmp_path, ALL_ON)
    monitor, service = one(objects, "ServiceMonitor"), one(objects, "Service")
    assert monitor["metadata"]["labels"]["release"] == "prometheus"
    [endpoint] = monitor["spec"]["endpoints"]
    assert endpoint["port"] in {port["name"] for port in service["spec"]["ports"]}
    wanted = monitor["spec"]["selector"]["matchLabels"].items()
    assert wanted <= service["metadata"]["labels"].items()


def operators_settings(objects: Sequence[Json], name: str = "tutoriallab-operator") -> Settings:
    [container] = one(objects, "Deployment", name)["spec"]["template"]["spec"]["containers"]
    return Settings.from_environment({each["name"]: each.get("value", "") for each in container["env"]})


def test_without_a_value_the_operator_is_set_as_a_process_is(helm: Path, tmp_path: Path) -> None:
    lease = f"{SYSTEM}/tutoriallab-operator"
    # Where the operator is a container, containers run.
    assert operators_settings(rendered(helm, tmp_path)) == replace(
        Settings(), capabilities=frozenset({"Containers"}), serve=":8080", leader_lease=lease
    )


def test_every_value_reaches_the_operator(helm: Path, tmp_path: Path) -> None:
    objects = rendered(helm, tmp_path, ALL_ON)
    told, default = operators_settings(objects), Settings()
    assert [name for name in VALUES if getattr(told, name) == getattr(default, name)] == []
    assert told.settle_timeout == 30
    pod = one(objects, "Deployment")["spec"]["template"]["spec"]
    assert pod["containers"][0]["image"] == f"registry.example:5000/operator@sha256:{'a' * 64}"
    assert one(objects, "ClusterRole", "tutoriallab-operator-extra-kinds")["rules"] == [
        {"apiGroups": ["cert-manager.io"], "resources": ["certificates"], "verbs": ["list", "watch"]},
        {"apiGroups": [""], "resources": ["podtemplates"], "verbs": ["list", "watch"]},
    ]


def test_a_page_is_there_only_where_it_is_asked_for_and_reads_with_an_account_of_its_own(
    helm: Path, tmp_path: Path
) -> None:
    name = "tutoriallab-page"
    assert name not in {each["metadata"]["name"] for each in rendered(helm, tmp_path)}
    objects = rendered(helm, tmp_path, {"page": {"enabled": True, "hosts": ["a.example", "b.example:8443"]}})
    pod = one(objects, "Deployment", name)["spec"]["template"]
    assert pod["spec"]["serviceAccountName"] == name
    assert pod["spec"]["containers"][0]["args"] == ["page-server"]
    told = operators_settings(objects, name)
    assert told == replace(
        Settings(), serve=":8080", page=":8787", page_hosts=frozenset({"a.example", "b.example:8443"})
    )
    service, operators = one(objects, "Service", name), one(objects, "Service")
    assert service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    assert not operators["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    rules = one(objects, "ClusterRole", name)["rules"]
    assert {verb for rule in rules for verb in rule["verbs"]} == {"list", "watch"}
    assert not {"secrets", "configmaps", "*"} & {each for rule in rules for each in rule["resources"]}


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"replicas": "two"}, "/replicas"),
        ({"replicas": 0}, "/replicas"),
        ({"page": {"hosts": ["https://labs.example.com"]}}, "/page/hosts/0"),
        ({"image": {"tagg": "1"}}, "/image"),
        ({"image": {"digest": "sha256:1"}}, "/image/digest"),
        ({"image": {"pullPolicy": "Sometimes"}}, "/image/pullPolicy"),
        ({"capabilities": ["Magic"]}, "/capabilities/0"),
        ({"extraKinds": [{"apiVersion": "v1", "kind": "Secret"}]}, "/extraKinds/0"),
        ({"logLevel": "LOUD"}, "/logLevel"),
        ({"networkPolicy": {"apiServerPorts": [70000]}}, "/networkPolicy/apiServerPorts/0"),
        ({"replica": 2}, ""),
    ],
)
def test_a_wrong_value_is_refused_with_its_path(helm: Path, tmp_path: Path, values: Json, path: str) -> None:
    done = run(helm, tmp_path, "template", "tutoriallab", str(chart_dir()), values=values)
    assert done.returncode != 0
    assert f"- at '{path}': " in done.stderr


def test_another_namespace_is_refused_with_the_way(helm: Path, tmp_path: Path) -> None:
    done = run(helm, tmp_path, "template", "tutoriallab", str(chart_dir()), namespace="elsewhere")
    assert done.returncode != 0
    assert "add --namespace tutoriallab-system --create-namespace" in done.stderr
