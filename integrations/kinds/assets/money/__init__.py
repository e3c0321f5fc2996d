"""What things cost and who pays: purchases, their units, vendors, awards."""
