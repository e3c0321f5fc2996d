"""Lists of things: filters, columns, queues, and what other pages show of them."""
