from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tutoriallab.lab.crd import custom_resource_definition, render

ROOT = Path(__file__).resolve().parents[3]


def schemas(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from schemas(inner, f"{path}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from schemas(schema[key], f"{path}[]")


def root() -> dict[str, Any]:
    schema: dict[str, Any] = custom_resource_definition()["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    return schema


def test_the_file_in_crds_is_what_the_types_say() -> None:
    assert (ROOT / "crds" / "tutoriallab.dev_tutoriallabs.yaml").read_text(encoding="utf-8") == render()


def test_every_field_is_explained() -> None:
    spec = root()["properties"]["spec"]
    silent = [
        path for path, schema in schemas(spec) if not path.endswith("[]") and not schema.get("description")
    ]
    assert silent == []


def test_the_schema_is_structural_with_a_type_everywhere_and_no_references() -> None:
    for path, schema in schemas(root()):
        assert schema.get("type"), path
        assert not {"$ref", "anyOf", "nullable"} & set(schema), path


def test_every_list_and_map_of_the_spec_is_bounded() -> None:
    for path, schema in schemas(root()["properties"]["spec"]):
        if schema["type"] == "array":
            assert schema.get("maxItems"), path
        if "additionalProperties" in schema:
            assert schema.get("maxProperties"), path


def test_nothing_in_the_schema_is_evaluated_at_every_write_of_a_status() -> None:
    for path, schema in schemas(root()):
        assert "x-kubernetes-validations" not in schema, path


def test_texts_ask_for_english_and_answers_do_not() -> None:
    fields = root()["properties"]["spec"]["properties"]
    assert fields["title"]["required"] == ["en"]
    assert fields["title"]["x-kubernetes-preserve-unknown-fields"]
    assert "required" not in fields["answers"]
