"""Facts in two times: when each was true, and since when that is known."""
