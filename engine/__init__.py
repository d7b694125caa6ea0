"""Zhenggai (整改): a workflow engine for rectification tickets. docs/design.md draws the house."""

from __future__ import annotations

__version__ = "0.1.0"
