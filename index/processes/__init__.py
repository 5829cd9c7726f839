"""Work in child processes, with bounds on time, memory and size, that can be watched and stopped."""
