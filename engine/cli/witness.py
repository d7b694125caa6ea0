"""`zg audit witness`: a witness on a machine of its own, with its own store and no database."""

from __future__ import annotations

from pathlib import Path
from time import time

from engine.audit.witness import GOOD, Witness, open_witness, request_in
from engine.cli.call import Call
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath
from engine.cli.table import pairs
from engine.errors import NotPossible, UsageError, os_reason
from engine.rules.proof.cosignature import COSIGNATURES

LAST_PORT = 65_535


@verb(
    "audit.witness", argument("folder", type=FilePath(file_okay=False)), option("--name", metavar="NAME"),
    option("--trust", metavar="PUBLIC"), option("--file", type=FilePath(dir_okay=False), metavar="FILE"),
    option("--listen", metavar="HOST:PORT"), option("--json", "as_json", is_flag=True),
)
def witness(
    call: Call, folder: str, name: str | None, trust: str | None, file: str | None, listen: str | None, as_json: bool,
) -> int:
    place = None if listen is None else _place(listen)
    found = open_witness(Path(folder), name)
    if trust is not None:
        found.trust(trust)
    if file is not None:
        answer = found.answer(request_in(Path(file)), int(time()))
        if answer.status != GOOD:
            raise NotPossible(reason="not-cosigned", status=answer.status, size=answer.body.strip() or "-")
        call.lines(answer.body.splitlines())
        return 0
    for place_ in found.damaged():
        call.warn("hint.witness-damaged", path=str(place_))
    trusted = [str(verifier) for verifier in found.trusted()]
    own = {COSIGNATURES[key.kind]: str(key.verifier) for key in found.keys}
    if call.json:
        call.dump({"keys": own, "trusted": trusted})
    else:
        call.lines(pairs([
            *((call.say("field.witness-key", kind=kind), key) for kind, key in own.items()),
            *((call.say("field.trusted"), text) for text in trusted),
        ], call.terminal))
    if place is not None:
        _listen(call, found, *place)
    return 0


def _place(listen: str) -> tuple[str, int]:
    """Host and port. Raises UsageError."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or int(port) > LAST_PORT:
        raise UsageError(reason="usage-listen", said=listen)
    return host.strip("[]"), int(port)


def _listen(call: Call, found: Witness, host: str, port: int) -> None:
    from engine.audit.witness_server import Server  # few serve, and it takes a while

    try:
        server = Server(found, host, port)
    except OSError as error:
        raise NotPossible(reason="port-unusable", said=f"{host}:{port}", message=os_reason(error)) from error
    with server:
        call.hint("witness.listens", address=f"http://{host}:{server.server_address[1]}/")
        server.serve_forever()
