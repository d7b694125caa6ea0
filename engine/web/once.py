"""A POST of the API that names itself by a key (`Idempotency-Key`): done once, and answered the same however often it is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from starlette.responses import Response

from engine.errors import ZgError
from engine.registry.kept_answers import Answer, Key, begin, digest, end, under
from engine.web.asked import Asked
from engine.web.context import Context
from engine.web.gate import real_now
from engine.web.limits import BadForm, TooOften, TooSlow
from engine.web.trouble import answer
from engine.web.upload import Received, ReceivedFile

HEAD = "idempotency-key"
REPLAYED = "idempotency-replayed"
"""Says of an answer that it is the one from the first time."""

KEY = re.compile(r'[!#-~]{1,255}|"[ !#-~]{1,255}"')
"""A key as a structured field has it, in quotes, or as many send it, without."""

HEADS = ("content-type", "etag", "location", "content-disposition")
"""The heads of an answer that are kept with it."""

NOT_FINAL = frozenset({TooSlow.http, TooOften.http})


def once(context: Context, handler: Callable[[Context], Response], key: str | None, *, keep: bool = True) -> Response:
    """What the handler answers, or answered before. What passes by itself is no answer to keep, nor without `keep` is any. Raises whatever
    a handler raises where no key is given, and KeyReused, KeyAtWork, AnswerForgotten, TooManyKeys, BadForm.
    """
    if key is None:
        return handler(context)
    database, asked = context.record.database, context.asked
    found = begin(database, Key(context.who.name, digest(_plain(key)), _sent(asked, context.form)), real_now())
    if isinstance(found, Answer):
        return Response(found.body, found.status, {**found.heads, REPLAYED: "true"})
    under(database, found)
    given: Response | None = None
    try:
        given = _given(context, handler)
    finally:
        final = given is not None and given.status_code < 500 and given.status_code not in NOT_FINAL
        end(database, found, _answer(given) if given is not None and final and keep else None)
    return given


def _given(context: Context, handler: Callable[[Context], Response]) -> Response:
    try:
        return handler(context)
    except ZgError as error:
        return answer(error, context, context.asked, context.settings)


def _answer(response: Response) -> Answer:
    heads = {name: text for name in HEADS if (text := response.headers.get(name)) is not None}
    return Answer(response.status_code, heads, bytes(response.body))


def _plain(key: str) -> bytes:
    if KEY.fullmatch(key) is None:
        raise BadForm(reason="idempotency-malformed")
    return (key[1:-1] if key.startswith('"') else key).encode()


def _sent(asked: Asked, form: Received) -> bytes:
    """The hash of all that was sent: the same key must never stand for something else."""
    texts = [part.encode(errors="surrogatepass") for pair in form.texts.pairs for part in pair]
    files = [part for file in form.files for part in (file.name.encode(errors="surrogatepass"), _bytes(file))]
    return digest(
        asked.method.encode(), asked.path.encode(errors="replace"), asked.query.encode(errors="replace"),
        asked.heads.get("if-match", "").encode(errors="replace"), form.raw or b"", b"%d" % len(texts), *texts, *files,
    )


def _bytes(file: ReceivedFile) -> bytes:
    with file.path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
