"""The list as a page that needs nothing else, and as a feed: papers in, text out."""
