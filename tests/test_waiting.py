"""Waiting in short turns, so that a signal that is seen between them is never lost."""

from __future__ import annotations

from queue import Empty, SimpleQueue

import pytest

from papertrack.waiting import wait_for


class Late(SimpleQueue[str]):
    """A queue whose item comes after some turns."""

    def __init__(self, turns: int) -> None:
        self.left = turns
        self.turns: list[float | None] = []

    def get(self, block: bool = True, timeout: float | None = None) -> str:
        self.turns.append(timeout)
        if self.left == len(self.turns):
            return "item"
        raise Empty


def test_an_item_that_is_there_is_taken_at_once() -> None:
    items = SimpleQueue[str]()
    items.put("first")
    items.put("second")
    assert [wait_for(items), wait_for(items, 0)] == ["first", "second"]


def test_a_wait_without_an_end_is_made_of_short_turns() -> None:
    items = Late(5)
    assert wait_for(items) == "item"
    assert items.turns == [0.2] * 5


def test_a_wait_with_an_end_lasts_no_longer() -> None:
    items = Late(100)
    with pytest.raises(Empty):
        wait_for(items, 0.15)
    assert len(items.turns) == 1
    assert 0 < (items.turns[0] or 0) <= 0.15


@pytest.mark.parametrize("seconds", [0, -1])
def test_no_time_left_is_no_wait(seconds: float) -> None:
    items = Late(100)
    with pytest.raises(Empty):
        wait_for(items, seconds)
    assert items.turns == [0]
