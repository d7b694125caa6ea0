"""A form that comes in: its texts by name, and its files as they stream in, each into a scratch file beside the kept ones.

Nothing of it lies in memory as a whole, and what breaks off leaves nothing. Files become evidence only where the act is decided: they are
looked at by their content there, as everywhere.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from engine.desk.filing import LARGEST_FILE, scratch_file
from engine.errors import UsageError, os_reason
from engine.web.forgery import FIELD, foreign
from engine.web.limits import (
    LARGEST_FORM,
    LARGEST_UPLOAD,
    MOST_FILES,
    MOST_PARTS,
    BadForm,
    NotKept,
    TooLarge,
    TooSlow,
    check_length,
    megabytes,
    patience,
)
from engine.web.query import MOST, Texts, texts_of

logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
"""Of a form that is none the sender is told: a stranger writes no line of our log with it."""

MULTIPART, ENCODED, JSON = b"multipart/form-data", b"application/x-www-form-urlencoded", b"application/json"

Holds = Callable[[str], bool]
"""Whether a token is that of this browser."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came in. `name` is what its owner calls it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Received:
    """A form: its texts, and its files, which are gone as soon as the request is answered. `raw`: the bytes of JSON that came instead."""

    texts: Texts = field(default=Texts())
    files: tuple[ReceivedFile, ...] = ()
    raw: bytes | None = field(default=None, repr=False)

    def drop(self) -> None:
        """Takes the scratch files away. What became evidence was copied."""
        for file in self.files:
            with suppress(OSError):
                file.path.unlink(missing_ok=True)


NOTHING = Received()


SHORT = 64 * 1024
"""Bytes of JSON that are read before anybody is asked who sends them."""


def is_short(request: Request) -> bool:
    """Whether a request brings a few lines of JSON, as it says itself."""
    length = request.headers.get("content-length", "")
    return length.isdecimal() and int(length) <= SHORT and parse_options_header(request.headers.get("content-type"))[0] == JSON


async def receive(request: Request, folder: Path | None, holds: Holds | None, *, json: bool = False) -> Received:
    """Reads the form of a request, or where it may be `json`, that. Files are streamed into the folder; without one, none is taken. With
    `holds`, the first part of a form must be the token of this browser, or the rest is not looked at; JSON has none.

    Raises NotPermitted (no token), TooLarge, TooSlow, BadForm, UsageError.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    most = LARGEST_UPLOAD if kind == MULTIPART and folder is not None else LARGEST_FORM
    check_length(request.headers.get("content-length"), most)
    if kind == MULTIPART and b"boundary" in options:
        form = _Form(folder, holds)
        try:
            return await form.read(_pieces(request, most), options[b"boundary"])
        except BaseException:
            form.drop()
            raise
    if kind == JSON and json:
        if holds is not None:
            raise foreign()
        return Received(raw=b"".join([piece async for piece in _pieces(request, most)]))
    if kind not in (ENCODED, b""):
        raise BadForm
    body = b"".join([piece async for piece in _pieces(request, most)])
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=False, max_num_fields=MOST)
    except ValueError:
        raise BadForm from None
    if holds is not None and not any(name == FIELD and holds(text) for name, text in pairs):
        raise foreign()
    return Received(texts_of((name, _lines(text)) for name, text in pairs if name != FIELD))


async def _pieces(request: Request, most: int) -> AsyncIterator[bytes]:
    """The body piece by piece. Raises TooLarge, TooSlow, BadForm (it broke off)."""
    stream, size, begun = aiter(request.stream()), 0, monotonic()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), patience(monotonic() - begun, size))
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise TooSlow from None
        except ClientDisconnect:
            raise BadForm from None
        size += len(piece)
        if size > most:
            raise TooLarge(most=megabytes(most))
        yield piece


class _Form:
    """What has come of a multipart form."""

    def __init__(self, folder: Path | None, holds: Holds | None) -> None:
        self._folder, self._holds = folder, holds
        self._texts: list[tuple[str, str]] = []
        self._files: list[ReceivedFile] = []
        self._head, self._heads = [b"", b""], dict[bytes, bytes]()
        self._name, self._handle, self._size = "", -1, 0
        self._text = bytearray()
        self._parts = self._held = 0

    async def read(self, pieces: AsyncIterator[bytes], boundary: bytes) -> Received:
        ended = False
        try:
            parser = MultipartParser(boundary, {
                "on_part_begin": self._begin, "on_header_field": self._header_field, "on_header_value": self._header_value,
                "on_header_end": self._header_end, "on_headers_finished": self._opened, "on_part_data": self._data,
                "on_part_end": self._end,
            })
            async for piece in pieces:
                parser.write(piece)
            parser.finalize()
            ended = True
        except FormParserError:
            raise BadForm from None
        except OSError as error:  # a full disk
            raise NotKept(message=os_reason(error)) from error
        finally:
            if not ended:
                self._close()
        if self._holds is not None:
            raise foreign()
        return Received(texts_of(self._texts), tuple(self._files))

    def drop(self) -> None:
        self._close()
        Received(files=tuple(self._files)).drop()

    # what the parser tells -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._heads, self._text, self._size = {}, bytearray(), 0
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise UsageError(reason="form-too-long", most=MOST_PARTS)

    def _hold(self, size: int) -> None:
        """Counts what is kept in memory: the texts of all parts together; the parser bounds the heads of one."""
        self._held += size
        if self._held > LARGEST_FORM:
            raise TooLarge(most=megabytes(LARGEST_FORM))

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._head[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._head[1] += data[start:end]

    def _header_end(self) -> None:
        self._heads[self._head[0].lower()] = self._head[1]
        self._head = [b"", b""]

    def _opened(self) -> None:
        _, options = parse_options_header(self._heads.get(b"content-disposition", b""))
        self._name = _text(options.get(b"name", b""))
        file = options.get(b"filename")
        if self._holds is not None and (file is not None or self._name != FIELD):
            raise foreign()  # the token comes first: nothing of a stranger is kept before it
        if file:
            if self._folder is None:
                raise BadForm  # where no file is asked for, none is thrown away
            if len(self._files) >= MOST_FILES:
                raise TooLarge(reason="too-many-files", most=MOST_FILES)
            self._handle, path = scratch_file(self._folder)
            self._files.append(ReceivedFile(path, _text(file).replace("\\", "/").rpartition("/")[2]))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._handle >= 0:
            self._size += end - start
            if self._size > LARGEST_FILE:
                raise TooLarge(reason="file-too-large", file=self._files[-1].name, most=megabytes(LARGEST_FILE))
            rest = memoryview(data)[start:end]
            while rest:  # a disk that is nearly full takes a part, and says so by how much
                rest = rest[os.write(self._handle, rest):]
        else:
            self._hold(end - start)
            self._text += data[start:end]

    def _end(self) -> None:
        if self._handle >= 0:
            self._close()
            return
        text = _lines(_text(bytes(self._text)))
        if self._holds is not None:
            if not self._holds(text):
                raise foreign()
            self._holds = None
        elif self._name != FIELD:
            self._texts.append((self._name, text))

    def _close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _text(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _lines(text: str) -> str:
    """A text with the line ends that everything else has: forms send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
