"""Whether every page says the same as at another commit (`make same-pages`)."""
