"""The tests of papertrack."""
