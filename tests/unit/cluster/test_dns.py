import pytest

from tutoriallab.cluster import dns

#: Length 76; id, an answer without an error, one question, one answer.
GOOD = " 00 4c 4c 61 85 80 00 01 00 01 00 00 00 00\n"


@pytest.mark.parametrize(
    ("output", "is_one"),
    [
        (GOOD, True),
        (GOOD.replace("85 80", "85 83"), False),  # no such name
        (GOOD.replace("85 80", "05 80"), False),  # the question come back
        (GOOD.replace("00 01 00 01", "00 01 00 00"), False),  # no address in it
        (" 00 4c 4c 61\n", False),
        ("", False),
    ],
)
def test_only_an_answer_with_an_address_counts(output: str, is_one: bool) -> None:
    assert dns.answered(output) is is_one


def test_the_question_is_one_dns_message_with_its_length_before_it() -> None:
    *_, server, text = dns.command("10.96.0.10")
    question = bytes(int(byte, 16) for byte in text.split("\\x")[1:])
    assert server == "10.96.0.10"
    assert int.from_bytes(question[:2], "big") == len(question) - 2
    assert b"\x0akubernetes\x07default\x03svc\x07cluster\x05local\x00" in question
