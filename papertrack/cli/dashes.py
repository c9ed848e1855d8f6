"""Words that begin with a dash, on the command lines of commands that take such words."""

import re
from collections.abc import Mapping, Sequence

from typer._click.core import Context
from typer._click.types import IntParamType
from typer.core import TyperCommand, TyperOption

Options = Mapping[str, TyperOption]
"""The options of a command by each of their names."""


class DashedWords(TyperCommand):
    """A command whose words may begin with a dash: `-tag:survey`.

    What is one option or several of the command (`-n5`), a single letter (`-q`), or the name of an
    option behind one dash (`-json`) is no word. Behind `--` everything is one.
    """

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command line."""
        options = {
            name: param
            for param in self.get_params(ctx)
            if isinstance(param, TyperOption)
            for name in (*param.opts, *param.secondary_opts)
        }
        return super().parse_args(ctx, parted(args, options))


def parted(tokens: Sequence[str], options: Options) -> list[str]:
    """Put options and their values before the words, which then stand behind `--`."""
    end = tokens.index("--") if "--" in tokens else len(tokens)
    kept: list[str] = []
    words: list[str] = []
    left = iter(tokens[:end])
    for token in left:
        is_option, awaits_value = _read(token, options)
        (kept if is_option else words).append(token)
        if awaits_value:
            value = next(left, None)
            if value is None:
                return kept  # the parser says what is missing
            kept.append(value)
    words += tokens[end + 1 :]
    return [*kept, "--", *words] if words else kept


def _read(token: str, options: Options) -> tuple[bool, bool]:
    """Tell whether a token is for the parser of options, and whether the next one is its value."""
    if token[:1] != "-" or token == "-":
        return False, False
    if token[:2] == "--":
        return True, token in options and _takes_value(options[token])
    if f"-{token.partition('=')[0]}" in options:
        return True, False
    for end, letter in enumerate(token[1:], 2):
        option = options.get(f"-{letter}")
        if option is None:
            return len(token) == 2, False
        if _takes_value(option):
            value = token[end:]
            return _may_hold(option, value), not value
    return True, False


def _takes_value(option: TyperOption) -> bool:
    return not option.is_flag and not option.count


def _may_hold(option: TyperOption, value: str) -> bool:
    """Tell whether a value may stand right behind an option: behind `-n` that is a number."""
    return not value or not isinstance(option.type, IntParamType) or bool(re.match(r"=?\d", value))
