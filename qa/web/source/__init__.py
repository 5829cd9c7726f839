"""The source panel: the section that a citation stands in, with its sentence marked."""
