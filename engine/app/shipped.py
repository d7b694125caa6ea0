"""Where the workflows and seeds lie that travel with the program: beside the code in a checkout, inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

from engine.errors import NotFound

_PACKAGE = Path(__file__).resolve().parents[1]


class SeedNotFound(NotFound):
    """There is no seed of that name."""

    code = "seed-not-found"


def folder(kind: str) -> Path:
    """The folder `workflows` or `seeds`."""
    inside = _PACKAGE / "shipped_files" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def workflow_files() -> list[Path]:
    return sorted(folder("workflows").glob("*.yaml"))


def seed_names() -> list[str]:
    return sorted(path.name for path in folder("seeds").iterdir() if (path / "plan.yaml").is_file())


def seed_folder(name: str) -> Path:
    """The folder of a seed. Raises SeedNotFound with the names there are."""
    if name not in seed_names():
        raise SeedNotFound(name=name, known=seed_names())
    return folder("seeds") / name


def calendar_folder(name: str = "cn") -> Path:
    return folder("seeds") / "calendars" / name
