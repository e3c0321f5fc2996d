"""The grammar of the house: journal, time, runs, API. No noun but District."""
