"""None stays null on its way from the browser's kernel to the page."""

from __future__ import annotations

import json

import pytest

from regionalism.browser_kernel import as_json, keep_null


class Shell:
    def __init__(self):
        self.sent = []
        self.send_comm = lambda *given: self.sent.append(given)
        # Fresh classes, since the mend changes the class.
        self.display_pub, self.displayhook = type("Pub", (), {})(), type("Hook", (), {})()

    def set_callbacks(self):
        self.display_pub.display_data_callback = lambda *given: self.sent.append(given)
        self.displayhook.publish_execution_result = lambda *given: self.sent.append(given)


def parse(text):
    """Stands for the page's JSON.parse: a value that tells it came as JSON."""
    return "parsed", json.loads(text)


SPEC = {"encoding": {"x": {"title": None, "legend": None}}, "values": [1, None]}


def test_a_chart_keeps_its_nulls_however_it_is_sent():
    shell = Shell()
    keep_null(shell, parse)
    shell.set_callbacks()
    shell.display_pub.display_data_callback(SPEC, {}, None)
    shell.displayhook.publish_execution_result(3, SPEC, {})
    shell.send_comm("comm_msg", SPEC, {}, b"topic", [b"buffer"])
    display, result, message = shell.sent
    assert display == (("parsed", SPEC), ("parsed", {}), None)
    assert result == (3, ("parsed", SPEC), ("parsed", {}))
    assert message == ("comm_msg", ("parsed", SPEC), ("parsed", {}), b"topic", [b"buffer"])


def test_the_cell_that_imports_the_course_still_shows_its_result():
    """The kernel has set the callbacks of that cell before the course is imported."""
    shell = Shell()
    shell.set_callbacks()
    keep_null(shell, parse)
    shell.displayhook.publish_execution_result(1, SPEC, {})
    assert shell.sent == [(1, ("parsed", SPEC), ("parsed", {}))]


def test_callbacks_that_are_taken_away_are_gone():
    shell = Shell()
    shell.set_callbacks()
    keep_null(shell, parse)
    shell.display_pub.display_data_callback = None
    assert shell.display_pub.display_data_callback is None


def test_the_second_import_wraps_nothing_twice():
    shell = Shell()
    keep_null(shell, parse)
    once = shell.send_comm
    keep_null(shell, parse)
    assert shell.send_comm is once


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": b"x"}, "text", 3, None])
def test_what_is_no_json_goes_as_it_is(value):
    sent = []
    as_json(sent.append, parse)(value)
    assert sent[0] is value
