"""Papers given in the browser in, documents of the Library out, one addition at a time, whoever looks on or goes away.

Read `reasons` (what went wrong, by kind), `uploads` (files that came, until they are read), `items` (what is shown),
`board` (what is to be added), `removing` (what can be put back), `queue` (the thread that does it). Knows nothing of
the page.
"""
