"""Judging again what was written: whether the event of a ticket, or an entry of the administration, could have come from the desk.

What cannot be known any more (words that were erased, people of a time that the record does not tell) is not judged, and named as such.
In reading order: judgement, known, person, again, earlier, act, beginning, correction, rung, succession, rest, batch, round, visit,
feedback, rows, statement, entry, judge.
"""
