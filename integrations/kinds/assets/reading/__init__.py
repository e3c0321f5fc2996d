"""What the cells of a row of things say: its columns, days, how many there are, who has it."""
