"""Zhenggai (整改): a workflow engine for rectification tickets. The rooms of the house are listed in docs/design.md."""

from __future__ import annotations

__version__ = "0.1.0"
