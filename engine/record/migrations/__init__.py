"""The steps from one schema to the next, one file a step; named 0001, 0002, … so that their order is the order of their names.

In reading order: versions/, env.
"""
