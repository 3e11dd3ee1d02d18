"""Typed structs to the structural OpenAPI v3 schema that a CRD takes; called by `lab/crd.py`.

msgspec's own JSON schema has `$ref`, `anyOf` and `null`, none of which a structural schema allows,
so the types are walked here, with the same constraints (`Meta`) that the parser enforces.
"""

from typing import Any

from msgspec import NODEFAULT, UNSET, Struct, inspect

from tutoriallab.lab import state

Schema = dict[str, Any]

#: The one list that others may apply to as well, and so the one that is keyed. No other is, and there are no rules: the
#: API server would track the owner of each field of each item, and evaluate the rules, at every write of a status.
#: `lab/policy.py` says what the schema therefore does not.
KEYED = {state.Condition: "type"}


def struct_schema(cls: type[Struct]) -> Schema:
    """The structural schema of a struct: an object with its documented properties."""
    return _schema(inspect.type_info(cls), {})


def _schema(info: inspect.Type, extra: Schema) -> Schema:
    if isinstance(info, inspect.Metadata):
        described = {**extra, **(info.extra_json_schema or {})}
        return _schema(info.type, described)
    if isinstance(info, inspect.UnionType):
        (only,) = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
        return _schema(only, extra)
    return {**_plain(info), **extra}


def _plain(info: inspect.Type) -> Schema:
    match info:
        case inspect.StructType():
            return _object(info)
        case inspect.DictType():
            return _map(info)
        case inspect.ListType():
            return _list(info)
        case inspect.LiteralType():
            return {"type": "string", "enum": list(info.values)}
        case inspect.StrType():
            return {
                "type": "string",
                **_limits(minLength=info.min_length, maxLength=info.max_length, pattern=info.pattern),
            }
        case inspect.IntType():
            return {"type": "integer", **_limits(minimum=info.ge, maximum=info.le)}
        case inspect.BoolType():
            return {"type": "boolean"}
        case _:
            raise TypeError(f"no structural schema for {info}")


def _object(info: inspect.StructType) -> Schema:
    properties: dict[str, Schema] = {}
    for field in info.fields:
        schema = _schema(field.type, {})
        if field.default not in (NODEFAULT, UNSET, None, "", False) and isinstance(field.default, str | int):
            schema["default"] = field.default
        properties[field.encode_name] = schema
    required = [field.encode_name for field in info.fields if field.required]
    return {
        "type": "object",
        "description": (info.cls.__doc__ or "").strip(),
        **({"required": required} if required else {}),
        "properties": properties,
    }


def _map(info: inspect.DictType) -> Schema:
    if _is_open(info):
        return {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    if _is_text(info):
        return _text(_schema(info.value_type, {}))
    return {
        "type": "object",
        "additionalProperties": _schema(info.value_type, {}),
        **_limits(maxProperties=info.max_length),
    }


def _is_open(info: inspect.Type) -> bool:
    """Whether anything may stand there, as in a manifest."""
    return isinstance(info, inspect.DictType) and isinstance(info.value_type, inspect.AnyType)


def _is_text(info: inspect.DictType) -> bool:
    """A Text is the one map of long strings; its twin, an answer, is short."""
    value = info.value_type
    return isinstance(value, inspect.StrType) and value.max_length == TEXT_LENGTH


def _text(markdown: Schema) -> Schema:
    """A map from language to Markdown: en must be there, others than en and zh may be.

    Properties and not a rule on a map: a rule would be evaluated for every text at every write of a status.
    """
    languages = {"en": "English", "zh": "Chinese"}
    return {
        "type": "object",
        "required": ["en"],
        "properties": {
            code: {**markdown, "description": f"The text in {name}."} for code, name in languages.items()
        },
        "x-kubernetes-preserve-unknown-fields": True,
    }


def _list(info: inspect.ListType) -> Schema:
    items = MANIFEST if _is_open(info.item_type) else _schema(info.item_type, {})
    item = info.item_type.cls if isinstance(info.item_type, inspect.StructType) else Struct
    return {
        "type": "array",
        "items": items,
        **_limits(minItems=info.min_length, maxItems=info.max_length),
        **_told_apart(item),
    }


def _told_apart(item: type[Struct]) -> Schema:
    """How the items of a list are told apart."""
    if item in KEYED:
        return {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": [KEYED[item]]}
    return {"x-kubernetes-list-type": "atomic"}


def _limits(**limits: Any) -> Schema:
    return {name: value for name, value in limits.items() if value is not None}


#: A whole object: the API server asks for apiVersion, kind and a well-formed metadata.
MANIFEST: Schema = {
    "type": "object",
    "x-kubernetes-embedded-resource": True,
    "x-kubernetes-preserve-unknown-fields": True,
}
TEXT_LENGTH = 20_000
