"""R1's rows are tuples: every value must stand under its own heading."""

from reports.property_record.columns import Row, columns


def test_each_value_of_a_row_stands_under_its_heading() -> None:
    called = {"class": "kind", "description:words": "words"}
    keys = [called.get(c.key, c.key) for c in columns()]
    assert keys == list(Row._fields)
