"""papertrack: a paper list kept as data, and the README made from it."""

__version__ = "0.1.0"
