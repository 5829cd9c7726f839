"""The page's frame: bar, head of the rail, borders between the panes, and what all scripts share."""
