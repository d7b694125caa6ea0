"""The closed loop: rounds of evaluation (评价轮次), visits (督查检查), complaints and reviews (诉求评价), what they find, and what
follows from it for tickets. Pure.

In reading order: identity, going_over, target, outcome, measurement, reliance, round_facts, round, standing, round_problems, objections,
undoing, round_acts, visit, suggestion, draw, visit_acts, recheck, feedback, message, feedback_acts.
"""
