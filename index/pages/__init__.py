"""A stored document and places of its text in; the picture of a page, and where on it they stand, out.

Read `letters` (what is compared of a text), `match` (a quotation among a page's letters), `task` (what is asked of a
page, and what comes back), `boxes` (characters as rectangles), `draw` (what a child process does with the PDF),
`viewer` (which page, and what was drawn before).
"""
