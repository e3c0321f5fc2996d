"""Who answers for a thing: handing out, checking in, what keeps somebody."""
