from pytest_cfbindings.config import Diagnostic, Loaded, Location
from pytest_cfbindings.config.diagnostics import Report

from .conftest import Read


def test_a_syntax_error_shows_its_line_with_a_caret(read: Read) -> None:
    loaded = read('{\n  "name": "x"\n  "main": "y"\n}')
    assert loaded.error_text() == (
        'wrangler.jsonc:3:2: CommaExpected\n      "main": "y"\n      ^'
    )


def test_the_caret_stands_below_its_character_after_tabs() -> None:
    error = Diagnostic("X", location=Location(1, 2, "\t\tab"))
    loaded = Loaded(errors=(error,), shown_path="w.json")
    assert loaded.error_text() == "w.json:1:2: X\n    \t\tab\n    \t\t^"


def test_messages_form_a_tree_as_wrangler_prints_it() -> None:
    report = Report("File:")
    report.error("one\ntwo")
    below = report.child("child")
    below.error("three")
    loaded = Loaded(errors=report.errors)
    assert loaded.error_text() == ("File:\n  - one\n    two\n  - child\n    - three")


def test_a_heading_without_messages_of_its_own_leaves_an_empty_line() -> None:
    report = Report("File:")
    report.child("child").warning("x")
    assert Loaded(warnings=report.warnings).warning_text() == (
        "File:\n\n  - child\n    - x"
    )


def test_a_hint_stands_below_its_message() -> None:
    report = Report("File:")
    report.warning("odd", "Did you mean even?")
    text = Loaded(warnings=report.warnings).warning_text()
    assert text == "File:\n  - odd\n  - Did you mean even?"


def test_nothing_to_say_is_an_empty_text() -> None:
    assert Loaded().error_text() == ""


def test_warnings_about_experiments_can_be_switched_off() -> None:
    report = Report("File:", quiet=True)
    report.child("x").experimental("unsafe")
    assert report.warnings == ()
