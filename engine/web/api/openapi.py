"""The document of the API (OpenAPI 3.1): made from the rows of the site map, the types of the views and the codes of errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from starlette.responses import Response

from engine import __version__
from engine.desk.figures import BY
from engine.desk.wanted import LIGHTS, SORTS, TURNS
from engine.errors import ZgError
from engine.rules.acts.opening import SOURCES
from engine.views.api import ProblemView
from engine.web.api.answer import answer
from engine.web.api.said import BYTES, JSON, Said
from engine.web.api.schema import PLAIN, Schema, Schemas
from engine.web.context import Context
from engine.web.problem import JSON as PROBLEM
from engine.web.problem import status_of_kind
from engine.web.row import Row
from engine.words import has, say

VERSION = "3.1.0"
LANGUAGE = "en"
"""The document is read by programmers, the problems are told in the language that was asked for."""

CHOICES: Mapping[str, Sequence[str]] = {"light": LIGHTS, "turn": TURNS, "source": tuple(SOURCES), "sort": SORTS, "by": BY}
"""What a part of an address may be, where that is a code of ours."""

KEY: Mapping[str, object] = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-~]+$"}
"""A key by which a request names itself, as most send it."""

ALWAYS, OF_A_THING, OF_A_BODY = (401, 403, 405, 422, 429, 500, 503), (404,), (400, 404, 408, 409, 413)


def described(rows: Sequence[Row]) -> Callable[[Context], Response]:
    """What answers with the document of some rows."""

    @cache
    def made() -> Schema:
        return document(rows)

    def openapi(context: Context) -> Response:
        """This document."""
        return answer(context.asked, made() | {"servers": [{"url": f"{context.asked.origin}{context.asked.root}"}]})

    return openapi


def document(rows: Sequence[Row]) -> Schema:
    """The document of some rows."""
    schemas = Schemas()
    problem = schemas.of(ProblemView)
    paths: dict[str, Schema] = {}
    for row in rows:
        if row.said is not None:
            paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, row.said, schemas, problem)
    return {
        "openapi": VERSION, "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": "Zhenggai", "version": __version__, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": say("api.about", LANGUAGE),
        },
        "security": [{"token": []}], "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": say("api.token", LANGUAGE)}},
            "schemas": dict(sorted(schemas.named.items())),
        },
    }


def _operation(row: Row, said: Said, schemas: Schemas, problem: Schema) -> Schema:
    name = f"{row.handler.__module__.rpartition('.')[2]}_{row.handler.__name__.rstrip('_')}"
    text = " ".join((row.handler.__doc__ or "").split())
    found: Schema = {"operationId": name, "summary": text.partition(". ")[0].rstrip("."), "description": text}
    parameters = [*_of_path(row.path), *_of_query(said, schemas), *_of_heads(row, said)]
    if parameters:
        found["parameters"] = parameters
    if said.body is not None:
        found["requestBody"] = _body(said, schemas)
    tag = {"description": say("api.etag", LANGUAGE), "schema": dict(PLAIN[str])}
    heads = {"headers": {"ETag": tag}} if said.conditional else {}
    kind = BYTES if said.answer is bytes else JSON
    found["responses"] = {
        str(status): {"description": say(f"api.status.{status}", LANGUAGE), "content": {kind: {"schema": schemas.of(said.answer)}}, **heads}
        for status in (said.status, *said.others)
    }
    if said.conditional and row.method == "GET":
        found["responses"]["304"] = {"description": say("api.status.304", LANGUAGE)}
    for status in _refusals(row, said):
        found["responses"][str(status)] = {"description": _refusal(status), "content": {PROBLEM: {"schema": problem}}}
    return found


def _refusal(status: int) -> str:
    return ": ".join(part for part in (say(f"api.status.{status}", LANGUAGE), ", ".join(codes(status))) if part)


def _refusals(row: Row, said: Said) -> list[int]:
    """The statuses by which a row may refuse."""
    posted = OF_A_BODY if row.method == "POST" else ()
    demanded = (412,) if said.conditional and row.method == "POST" else ()
    of_a_thing = OF_A_THING if "{" in row.path or said.query else ()
    full = (507,) if said.files else ()
    return sorted({*ALWAYS, *posted, *of_a_thing, *demanded, *full})


@cache
def codes(status: int) -> tuple[str, ...]:
    """The codes of the errors that are answered with a status."""
    return tuple(sorted({kind.code for kind in _kinds(ZgError) if status_of_kind(kind) == status}))


def _kinds(kind: type[ZgError]) -> Iterator[type[ZgError]]:
    yield kind
    for other in kind.__subclasses__():
        yield from _kinds(other)


def _of_path(path: str) -> list[Schema]:
    schema = {"type": "string", "minLength": 1}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in re.findall(r"\{(\w+)\}", path)]


def _of_query(said: Said, schemas: Schemas) -> list[Schema]:
    found: list[Schema] = []
    for kind in said.query:
        hints = get_type_hints(kind)
        for item in fields(kind):
            schema = schemas.of(_given(hints[item.name]))
            _choose(item.name, schema)
            found.append({"name": item.name, "in": "query", "required": item.default is MISSING, "schema": schema, **_text(item.name)})
    return found


def _given(kind: Any) -> Any:
    """The type of what is given, where nothing may be given too."""
    kinds = [part for part in get_args(kind) if part is not type(None)]
    return kinds[0] if type(None) in get_args(kind) else kind


def _choose(name: str, schema: Schema) -> None:
    if name in CHOICES:
        (schema["items"] if schema["type"] == "array" else schema)["enum"] = list(CHOICES[name])


def _text(name: str) -> Schema:
    """What the command line says of the same filter."""
    code = next((code for code in (f"option.list.{name}", f"option.{name}") if has(code, LANGUAGE)), None)
    return {"description": re.sub(r":? ?\{choices\}", "", say(code, LANGUAGE))} if code is not None else {}


def _of_heads(row: Row, said: Said) -> list[Schema]:
    posted = row.method == "POST"
    conditional = [("If-Match" if posted else "If-None-Match", dict(PLAIN[str]))] if said.conditional else []
    named = [("Idempotency-Key", dict(KEY))] if posted else []
    return [
        {"name": name, "in": "header", "required": False, "description": say(f"api.{name.lower()}", LANGUAGE), "schema": schema}
        for name, schema in (*conditional, *named)
    ]


def _body(said: Said, schemas: Schemas) -> Schema:
    schema = schemas.of(said.body)
    content = {JSON: {"schema": schema}}
    if said.files:
        files = {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}}
        content["multipart/form-data"] = {"schema": {"type": "object", "properties": files, "additionalProperties": {"type": "string"}}}
    return {"required": True, "content": content}
