"""Lists of tickets: filters, order, pages. Fragments are fixed text; what people typed is always bound.

A page costs the same however many tickets there are, and wherever it is:

- Pages go by key and not by offset, so nothing is shown twice while tickets move. Tickets without a date come last, in a statement of
  their own: no index is walked in the order that SQL calls NULLS LAST.
- A filter that may be rare has an index that begins with it and goes on in the order of the list. Where it names several values, or a
  unit that leads some tickets and cooperates in others, the page is merged from one branch for each, as long as the page itself.
- Words are looked for among the nearest tickets first. Only where these do not fill the page is every title looked at, in an index of the
  titles: the tickets themselves take twenty times its room.

`tests/record/test_plans.py` reads the plans of both databases. In reading order: selection, ways, pages, counts.
"""
