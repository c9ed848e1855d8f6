"""Measurements: medians and ratios, run by hand."""
