"""The pages: one row of the site map leads to one function, which asks the desk and shows its view. No rule, no SQL and no text here.

In reading order: routes, row, rule, application, site, portal, behind, server, workers, door, asked, gate, oidc, admission, own_password,
session, forgery, context, limits, headers, query, upload, scanner, page, templating, written_out, texts, ticket_texts, problem, trouble,
broken, attempt, confided, listing, download, once, signed, assets, meter, endpoints/, api/.
"""
