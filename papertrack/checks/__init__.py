"""The linter for paper lists: rules over a store, and over the README of any list."""
