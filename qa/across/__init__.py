"""A question of several texts: what each of them says ("각 논문의 한계는?"), which of them tell of something."""
