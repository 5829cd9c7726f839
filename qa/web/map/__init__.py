"""The category map: a picture of the survey's taxonomy, a page for each category, a card for each method."""
