"""Visits (督查检查): where the office went to look, and what it found. In reading order: visits, drawing,
rechecking, photos, handed, findings, opening, typed, named, importing, assigning."""
