"""A checker of notes, checkpoints, cosignatures and proofs that follows the published formats alone: C2SP signed-note, tlog-checkpoint and
tlog-cosignature, RFC 6962, RFC 9162. It imports nothing of the program, so that what it accepts any other tool accepts too.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey


def verifier_key(text: str) -> tuple[str, bytes, int, bytes]:
    """Name, key id, type and public key of `name+hex+base64`."""
    name, id_, packed = text.split("+", 2)
    data = base64.b64decode(packed, validate=True)
    assert name and hashlib.sha256(name.encode() + b"\n" + data).digest()[:4].hex() == id_
    return name, bytes.fromhex(id_), data[0], data[1:]


def opened(note: str, *keys: str) -> tuple[str, list[str]]:
    """The text of a note, and which of the keys signed it; AssertionError where one of them did not sign what bears its name."""
    packed = note.encode()
    end = packed.rindex(b"\n\n")
    text, lines = packed[: end + 1], packed[end + 2 :]
    assert lines.endswith(b"\n")
    known = {(name.encode(), id_): (key, kind, public) for key in keys for name, id_, kind, public in [verifier_key(key)]}
    signers = []
    for line in lines[:-1].split(b"\n"):
        dash, name, value = line.split(b" ")
        assert dash == "\u2014".encode()
        signed = base64.b64decode(value, validate=True)
        if (name, signed[:4]) not in known:
            continue
        key, kind, public = known[name, signed[:4]]
        message, signature = text, signed[4:]
        if kind in (4, 6):
            (time,) = struct.unpack(">Q", signature[:8])
            signature = signature[8:]
            message = b"cosignature/v1\ntime %d\n%s" % (time, text) if kind == 4 else subtree(name, time, text)
        try:
            if kind == 6:
                MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
            else:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            raise AssertionError(f"not signed by {key}") from None
        signers.append(key)
    return text.decode(), signers


def subtree(cosigner: bytes, time: int, text: bytes) -> bytes:
    """The structure that ML-DSA-44 signs, of a whole tree: label, name of the cosigner, time, origin, start, end, root."""
    origin, size, root = checkpoint(text.decode())
    log = origin.encode()
    packed = struct.pack(f">12sB{len(cosigner)}sQB{len(log)}s", b"subtree/v1\n\0", len(cosigner), cosigner, time, len(log), log)
    assert 0 < time < 2**63
    return packed + struct.pack(">QQ32s", 0, size, root)


def checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root."""
    origin, size, root, *rest = text.split("\n")
    assert origin and str(int(size)) == size and rest[-1] == ""
    hash_ = base64.b64decode(root, validate=True)
    assert len(hash_) == 32
    return origin, int(size), hash_


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return _node(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            r = _node(p, r)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = _node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def consistent(first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2."""
    if first == second:
        return not path and first_root == second_root
    if not path:
        return False
    proof = [first_root, *path] if first & (first - 1) == 0 else list(path)
    fn, sn = first - 1, second - 1
    while fn % 2 == 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn % 2 == 1 or fn == sn:
            fr, sr = _node(c, fr), _node(c, sr)
            while fn % 2 == 0 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = _node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root
