"""A README as text: regions, entries, tables, anchors. Text in, text out; no files."""
