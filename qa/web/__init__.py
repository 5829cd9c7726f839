"""The browser interface: a Library asked in Korean or English, every sentence with the place that it stands on.

Read `server` (start), `page` (the whole), `place`, `conversation` and `source` (its parts and their events), `view`,
`section` and `markup` (what is shown, pure), `catalogue` (all words), `guard` (what the server refuses). Each place has
a script of its own name. Importing this package imports no Gradio.

Text reaches the page only as JSON and is put there by `textContent`. Gradio's templates are constant: they evaluate
what Handlebars leaves as a JavaScript template literal, so `${...}` in a document would run.
"""
