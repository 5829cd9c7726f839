"""The papers: what the Library holds, which of it is asked, what is added to it and removed from it."""
