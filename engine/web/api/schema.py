"""The JSON schema of a view: made from its type and its docstring, so that there is one definition of each.

`Json` itself is a type that names itself, and becomes the schema that takes anything.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"}, type(None): {"type": "null"},
    object: {}, Any: {}, bytes: {"type": "string", "format": "binary"},
}

NAMES: Mapping[str, object] = {"Json": object, "JsonObject": dict[str, object], "Mapping": Mapping, "Sequence": Sequence}
"""What annotations of views name that other files define."""


class Schemas:
    """The schemas of some types; of those with fields, by name."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self._types: dict[str, object] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type, or where it is a view the reference to it."""
        if kind in PLAIN:
            return dict(PLAIN[kind])
        if is_typeddict(kind):
            return self._of_view(kind)
        origin, args = get_origin(kind), get_args(kind)
        if origin is NotRequired:
            return self.of(args[0])
        if origin is Literal:
            return {"type": "string", "enum": list(args)}
        if origin in (Union, types.UnionType):
            return self._of_union(args)
        if origin in (list, Sequence, tuple):
            return {"type": "array", "items": self.of(args[0])}
        if origin in (dict, Mapping):
            return {"type": "object", "additionalProperties": self.of(args[1])}
        raise TypeError(f"no schema is known for {kind}")

    def _of_union(self, kinds: Sequence[Any]) -> Schema:
        found = [self.of(kind) for kind in kinds]
        if any(not item for item in found):
            return {}
        plain = [item["type"] for item in found if item.keys() == {"type"}]
        if len(plain) == len(found):
            return {"type": plain}
        return {"anyOf": found}

    def _of_view(self, kind: Any) -> Schema:
        name = self._name(kind)
        if name not in self.named:
            self._types[name], self.named[name] = kind, {}
            hints = get_type_hints(kind, localns=dict(NAMES), include_extras=True)
            self.named[name] = {
                "type": "object", **_said(kind), "properties": {field: self.of(hint) for field, hint in hints.items()},
                "required": [field for field, hint in hints.items() if get_origin(hint) is not NotRequired],
            }
        return {"$ref": f"#/components/schemas/{name}"}

    def _name(self, kind: Any) -> str:
        """The name of a view; two of one name are told apart by where they stand."""
        name = str(kind.__name__).removesuffix("View")
        if self._types.get(name, kind) is kind:
            return name
        return f"{kind.__module__.rpartition('.')[2].title().replace('_', '')}{name}"


def _said(kind: Any) -> Schema:
    """What the docstring says; a view that is written as a call has that of `dict`."""
    text = kind.__doc__
    return {"description": " ".join(text.split())} if text and text != dict.__doc__ else {}
