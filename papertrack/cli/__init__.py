"""The command line: parse, call one method, print. The only place that prints."""
