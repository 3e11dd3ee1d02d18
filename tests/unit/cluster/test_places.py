from pathlib import Path

import pytest

from tutoriallab.cluster.places import Places


@pytest.mark.parametrize(
    ("environment", "cache"),
    [
        ({"HOME": "/home/a"}, "/home/a/.cache/tutoriallab"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/c"}, "/c/tutoriallab"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/c", "TUTORIALLAB_CACHE": "/t"}, "/t"),
    ],
)
def test_the_cache_is_where_the_user_keeps_caches(environment: dict[str, str], cache: str) -> None:
    assert Places.from_environment(environment).cache == Path(cache)


def test_a_mirror_replaces_every_site() -> None:
    places = Places.from_environment({"TUTORIALLAB_DOWNLOAD_URL": "http://mirror/"})
    assert {*places.sites.values(), places.github_api} == {"http://mirror"}
    assert places.downloads


def test_downloads_and_builds_can_be_switched_off() -> None:
    places = Places.from_environment({"TUTORIALLAB_DOWNLOAD_URL": "off", "TUTORIALLAB_BUILD": "off"})
    assert (places.downloads, places.builds) == (False, False)


def test_a_program_can_be_named() -> None:
    places = Places.from_environment({"TUTORIALLAB_KUBE_APISERVER": "/opt/kube-apiserver"})
    assert places.programs == {"kube-apiserver": Path("/opt/kube-apiserver")}
