"""The office: what it reads and writes on paper. Plans, evaluation rounds, visits, ledgers, letters, scorecards."""

from __future__ import annotations
