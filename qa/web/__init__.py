"""The browser interface: a Library asked in Korean or English, every sentence with the place that it stands on.

Read `server` (start), `guard` and `login` (whom it refuses), `page` (the whole), then the places, each a folder with
its events (`place`), what it shows as plain data, its words, its script and its style: `frame` (bar, rail and panes),
`conversation`, `source`, `library` (papers), `talks` (kept conversations), `map` (the taxonomy) and `settings`.
`catalogue` joins the words, `markup` reads Markdown, `site` is what all places share. Importing this package imports
no Gradio.

Text reaches the page only as JSON and is put there by `textContent`. Gradio's templates are constant: they evaluate
what Handlebars leaves as a JavaScript template literal, so `${...}` in a document would run.
"""
