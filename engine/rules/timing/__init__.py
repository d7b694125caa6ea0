"""When: what runs, what is late, what rings next. In reading order: clocks, parts, climb, quiet, reproject."""
