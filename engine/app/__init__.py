"""The application: from settings to an open record and its actor, and what takes several packages below it. In reading order:
settings, access_log, opening, shipped, founding, idle, serving, witnessing, going_on, auditing, backing_up, rebuilding.
"""
