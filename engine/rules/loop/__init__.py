"""The closed loop: rounds of evaluation (评价轮次), what they measure, and what follows from it for tickets. Pure.

In reading order: identity, target, outcome, measurement, round, standing, round_acts.
"""
