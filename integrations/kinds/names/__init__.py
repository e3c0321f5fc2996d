"""What names mean that rows of several kinds use: schools, codes, and what looks like them."""
