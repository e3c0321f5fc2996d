"""Where things are, and the changes of status that need no case."""
