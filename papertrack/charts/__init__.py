"""Charts of results and of papers: what they show as plain data, drawn as SVG or in a terminal."""
