from tutoriallab.cluster.workers import WORKERS, manifest


def test_every_worker_has_a_range_of_pod_addresses_and_an_address_of_its_own() -> None:
    nodes = [manifest(name) for name in WORKERS]
    assert len({node["spec"]["podCIDR"] for node in nodes}) == 3
    assert len({node["status"]["addresses"][1]["address"] for node in nodes}) == 3


def test_a_worker_is_open_to_leases_and_as_large_as_the_labs_say() -> None:
    node = manifest("worker1")
    assert node["metadata"]["labels"]["tutoriallab.dev/leasable"] == "true"
    assert node["status"]["allocatable"]["cpu"] == "4"
    assert node["status"]["allocatable"]["memory"] == "8Gi"
