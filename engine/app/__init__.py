"""The application: from settings to an open record and its actor, and what takes several packages below it. In reading order:
settings, opening, shipped, founding, idle, serving, witnessing, auditing, backing_up, rebuilding.
"""
