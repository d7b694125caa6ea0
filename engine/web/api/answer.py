"""A view as JSON, and what goes with it: the version of a ticket as ETag, If-Match, and a body of JSON as named texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any, NotRequired, TypedDict, get_args, get_origin, get_type_hints, is_typeddict
from urllib.parse import parse_qsl

import msgspec
from starlette.responses import Response

from engine.errors import UsageError
from engine.web.api.said import JSON, Nothing
from engine.web.asked import Asked
from engine.web.context import Context
from engine.web.limits import BadForm
from engine.web.query import MOST, Texts, must_know, query_texts, texts_of
from engine.web.upload import Received

ETAG = re.compile(r'(?:W/)?"(?P<version>[1-9]\d{0,8})(?:\.[0-9a-f]+)?"')
PLACE = re.compile(r" - at `\$\.?(.{1,100})`\Z")
"""Where the value lies that a reader of JSON did not expect."""

LONGEST_NAME = 100
DIGEST = 16
CREATED, NOT_MODIFIED = 201, 304


def answer(asked: Asked, view: object, *, status: int = 200, version: int | None = None, **heads: str) -> Response:
    """A view. With the version of its ticket it has an ETag: the version, and a digest of all that is shown, since lights change with time
    and not with an act; whoever has that already is told so.
    """
    body = encoded(view)
    if version is not None:
        heads["etag"] = f'"{version}.{hashlib.sha256(body).hexdigest()[:DIGEST]}"'
        if asked.method == "GET" and heads["etag"] in asked.heads.get("if-none-match", ""):
            return Response(status_code=NOT_MODIFIED, headers=heads)
    return Response(body, status, heads, JSON)


def encoded(view: object) -> bytes:
    """A view as JSON."""
    return msgspec.json.encode(view, enc_hook=_plain)


def demanded(asked: Asked) -> int | None:
    """The version that a ticket must still have; None where nothing is demanded. Raises UsageError for what is no ETag of ours."""
    text = asked.heads.get("if-match", "*").strip()
    if text == "*":
        return None
    found = ETAG.fullmatch(text)
    if found is None:
        raise UsageError(reason="if-match-unknown", text=text[:100])
    return int(found["version"])


def named(asked: Asked) -> Texts:
    """What the address names. A form leaves fields empty and means nothing by it; what a program leaves empty is a mistake of it. Raises
    UsageError.
    """
    texts = query_texts(asked.query)
    empty = {name for name, text in parse_qsl(asked.query, keep_blank_values=True, max_num_fields=MOST) if not text.strip()}
    if empty:
        raise UsageError(reason="query-empty", names=sorted(empty))
    return texts


def sent_texts(form: Received, *, but: Collection[str] = ()) -> Texts:
    """What was sent, by name: the texts of a form, or the values of a JSON object but for some. Raises BadForm, UsageError."""
    if form.raw is None:
        return form.texts
    return named_texts({name: value for name, value in sent_json(form).items() if name not in but})


def named_texts(values: Mapping[str, object]) -> Texts:
    """The values of a JSON object as named texts. Raises BadForm, UsageError."""
    return texts_of((name, text) for name, value in values.items() for text in _texts(name, value))


def sent(context: Context, kind: Any = Nothing) -> Context:
    """The request with what was sent as named texts, as a form has them: what pages do with a form is done with it alike. `kind` names
    what may be sent. Raises BadForm, UsageError.
    """
    texts = sent_texts(context.form)
    must_know(texts, get_type_hints(kind))
    return replace(context, form=replace(context.form, texts=texts))


def asked_for(context: Context, name: str) -> bool:
    """Whether the one switch that the address may name is on. Raises UsageError."""
    texts = named(context.asked)
    must_know(texts, (name,))
    given = texts.get(name)
    return given is not None and context.app.intake.flag(name, given)


def check_types(form: Received, kind: Any) -> None:
    """Raises BadForm where a value of the JSON that was sent is of another type than the document of the API says of it."""
    if form.raw is not None and kind is not None:
        decoded(form.raw, _loose(kind))


def decoded(raw: bytes, kind: Any) -> Any:
    """JSON of a type. Raises BadForm."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise _badly_typed(_misplaced(raw, kind, str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadForm(reason="bad-json") from None


def _misplaced(raw: bytes, kind: Any, told: str) -> str:
    """Where the value lies that is of another type (`files[1]`), as its reader told; of an object that names anything, the reader does not
    say which. Empty for what is no object at all.
    """
    place = next(iter(PLACE.findall(told)), "")
    if not place.startswith("[...]"):
        return place
    for name, value in msgspec.json.decode(raw, type=dict[str, msgspec.Raw]).items():
        with suppress(msgspec.ValidationError):
            msgspec.json.decode(value, type=get_args(kind)[-1])
            continue
        return name[:LONGEST_NAME]
    return ""


def _badly_typed(name: str) -> BadForm:
    """What is said of a value that has another type than is taken; "" for what is no object."""
    return BadForm(reason="bad-json-value", name=name) if name else BadForm(reason="bad-json")


@cache
def _loose(kind: Any) -> Any:
    """The type of a body of which anything may be missing: whoever does the act says what it needs."""
    if not is_typeddict(kind):
        return kind
    hints = get_type_hints(kind, include_extras=True)
    plain = {name: get_args(hint)[0] if get_origin(hint) is NotRequired else hint for name, hint in hints.items()}
    loose: Any = TypedDict
    return loose(kind.__name__, plain, total=False)


def sent_json(form: Received) -> Mapping[str, object]:
    """The JSON object that was sent. Raises BadForm."""
    found: Mapping[str, object] = decoded(form.raw or b"", dict[str, object])
    return found


def _texts(name: str, value: object) -> Sequence[str]:
    """The texts of a value: of a list each, of a switch that is on `1`, of nothing none. Raises BadForm."""
    if value is None or value is False:
        return ()
    if isinstance(value, list):
        if any(isinstance(item, list) for item in value):
            raise _badly_typed(name)
        return [text for item in value for text in _texts(name, item)]
    if isinstance(value, bool | int):
        return (str(int(value)),)
    if not isinstance(value, str):
        raise _badly_typed(name)
    return (value,)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
