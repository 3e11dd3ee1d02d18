import os
import socket

from tutoriallab.cluster.ports import CHOICE, choose, holder, is_free


def test_a_port_that_is_listened_on_is_taken_and_its_holder_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        assert holder(port).endswith(f"(pid {os.getpid()})")
    assert is_free(port)
    assert holder(port) == "another program"


def test_chosen_ports_are_free_and_not_those_of_other_clusters() -> None:
    first = choose(6, set())
    assert len(set(first)) == 6
    taken = set(CHOICE) - set(first[:3])
    assert set(choose(6, taken)) == set(first[:3])
