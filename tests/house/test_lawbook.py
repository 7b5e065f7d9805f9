"""The phone's copy of the law's sentences and tables is the hall's own."""

from backend import lawbook


def test_the_phone_says_what_the_hall_says() -> None:
    assert lawbook.BOOK.read_text(encoding="utf-8") == lawbook.text(), "run `just lawbook`"
