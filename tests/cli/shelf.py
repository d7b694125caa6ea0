"""Databases in which something was typed once, so that the next test that begins with it copies them instead of typing it again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class World:
    """A database with its evidence and keys, and what typing it gave."""

    folder: Path
    made: Any


class Shelf:
    """`shelf.take(path, key, type_it)`: as if it were typed into the database at `path`.

    Only what begins with a database that is known, byte for byte, is kept: one that was founded for many tests, or one of
    the shelf. Whatever else a test did before makes another database of it, and then everything is typed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] = set()
        self._worlds: dict[tuple[str, Hashable], World] = {}

    def know(self, path: Path) -> None:
        self._known.add(_digest(path))

    def take(self, path: Path, key: Hashable, type_it: Callable[[], Made]) -> Made:
        before = _digest(path)
        if before not in self._known or _is_open(path):
            return type_it()
        if (before, key) in self._worlds:
            world = self._worlds[before, key]
            shutil.copytree(world.folder, path.parent, dirs_exist_ok=True)
            return world.made  # type: ignore[no-any-return]
        made = type_it()
        if not _is_open(path):
            self._keep(path, (before, key), made)
        return made

    def _keep(self, path: Path, key: tuple[str, Hashable], made: object) -> None:
        folder = self._folder / str(len(self._worlds))
        folder.mkdir()
        shutil.copyfile(path, folder / path.name)
        for kept in ("evidence", "keys"):
            if (beside := path.with_name(f"{path.name}.{kept}")).exists():
                shutil.copytree(beside, folder / beside.name)
        self._worlds[key] = World(folder, made)
        self.know(path)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _is_open(path: Path) -> bool:
    """Somebody is connected: what was written last may lie beside the file still."""
    return path.with_name(f"{path.name}-wal").exists()
