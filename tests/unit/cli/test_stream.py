"""kubectl's stream is cut into documents however it is printed."""

from tutoriallab.cli.stream import documents


def test_one_document_a_line() -> None:
    assert list(documents(iter(['{"type":"ADDED"}\n', '{"type":"MODIFIED"}\n']))) == [
        {"type": "ADDED"},
        {"type": "MODIFIED"},
    ]


def test_documents_over_several_lines() -> None:
    pretty = ["{\n", '    "a": {\n', '        "b": 1\n', "    }\n", "}\n", "{\n", '    "a": 2\n', "}\n"]

    assert list(documents(iter(pretty))) == [{"a": {"b": 1}}, {"a": 2}]


def test_a_document_that_is_cut_is_none() -> None:
    assert list(documents(iter(['{"type":"ADDED"}\n', "{\n", '  "a":']))) == [{"type": "ADDED"}]
