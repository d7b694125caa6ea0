"""What each entry of the administration changes: the rows that follow from what it states.

In reading order: expected, accounts, units, loaded, intake, settings.
"""
