"""One thing on a page, and what may be done with it."""
