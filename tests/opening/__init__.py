"""The room opens and closes: one command, its processes, its signals."""
