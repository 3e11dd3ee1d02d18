import pytest

from tutoriallab.observe.probe.request import Http, Log, reader


def test_a_service_is_asked_below_its_own_proxy_path() -> None:
    assert (
        Http("x", 80, "/a?b=/../c", service="web").url
        == "/api/v1/namespaces/x/services/web:80/proxy/a?b=/../c"
    )
    assert Http("x", 8080, pod="web-0").url == "/api/v1/namespaces/x/pods/web-0:8080/proxy/"


@pytest.mark.parametrize("name", ["web/../../secrets/a", "..", "a%2Fb", "a?b", "a#b"])
def test_no_name_is_more_than_a_name(name: str) -> None:
    for url in (Http("x", 80, service=name).url, Log("x", name).url("c", 1)):
        quoted = url.removeprefix("/api/v1/namespaces/x/").split("/")[1].split("?")[0]
        assert not set(quoted.removesuffix(":80")) & set("/:?#")
        assert quoted.removesuffix(":80") not in {".", ".."}


def test_a_log_is_asked_for_by_its_newest_lines() -> None:
    assert Log("x", "web").url("nginx", 100) == (
        "/api/v1/namespaces/x/pods/web/log?container=nginx&tailLines=100&limitBytes=262144"
    )


def test_requests_are_named_as_people_write_them() -> None:
    assert Http("x", 80, service="web").label == "GET http://web:80/"
    assert str(Log("x", "web").label) == "Log of Pod web"
    assert str(Log("x", "web", "nginx").label) == "Log of container nginx of Pod web"
    long = str(Http("x", 80, "/" + "a" * 1_000, service="web").label)
    assert len(long) < 90
    assert long.endswith("…")


def test_it_is_asked_for_in_the_name_of_the_workspace() -> None:
    assert reader("x") == "system:serviceaccount:x:tutoriallab-provisioner"


def test_equal_requests_are_one() -> None:
    assert len({Http("x", 80, service="web"), Http("x", 80, "/", (), "web"), Http("x", 80, pod="web")}) == 2
