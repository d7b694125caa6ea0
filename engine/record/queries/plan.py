"""Measures, indicators and targets of the seed."""

# ruff: noqa: S608 – these texts are made of names of columns; what people give is always bound

from __future__ import annotations

from engine.record.queries.columns import placeholders

TARGET_COLUMNS = "id, measure, metric, comparator, value, unit, baseline, deadline, scope, mandatory, words"

INSERT_MEASURE = """INSERT INTO measure (no, title, leads, cooperators, responsible)
VALUES (:no, :title, :leads, :cooperators, :responsible)"""
"""A work task of a seed."""

INSERT_INDICATOR = "INSERT INTO indicator (measure, name) VALUES (:measure, :name)"
"""An indicator of a seed."""

INSERT_TARGET = f"INSERT INTO target ({TARGET_COLUMNS}) VALUES ({placeholders(TARGET_COLUMNS)})"
"""A target of a seed."""
