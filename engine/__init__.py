"""Zhenggai (整改): a workflow engine for rectification tickets. docs/design.md draws the house; imports run downward only.

In reading order: cli, web, watch, office, app, registry, desk, views, audit, notices, words, record, rules, errors, clock.
"""

from __future__ import annotations

__version__ = "0.1.0"
