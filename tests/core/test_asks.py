"""What a letter asks, in its own words, what of it was answered, and what the next letter may ask again."""

from __future__ import annotations

import pytest
from casebook import TODAY, Casebook

from iepjournal import library
from iepjournal.core.asks import answering, asks_of, chosen_asks, is_answered, left_open, still_asked
from iepjournal.core.records import Letter, Mark
from iepjournal.errors import CannotUnderstand

WORDS, SPANISH = library.words(), library.words("es")
TEXT = """Dear Dr. Lott:

She has had no speech since May 5. If the log (34 CFR 99.10) is kept, please ask Dr. Reed **for it**. I wait.

I request, in writing:

1. the reason; and
2. the plan.

Please tell me this:

I would appreciate a written answer by May 9, 2026. Please write “soon”."""


def words(text: str, lang: str = "en") -> list[str]:
    letter = Letter(template="x", dated=TODAY, text=text)
    return [ask.words for ask in asks_of(letter, library.words(lang))]


def test_sentences_that_ask_and_items_of_a_list_that_is_asked_for() -> None:
    assert words(TEXT) == [
        "If the log (34 CFR 99.10) is kept, please ask Dr. Reed for it.",
        "the reason",
        "the plan.",
        "Please tell me this:",
        "Please write “soon”.",
    ]
    assert words("I thank you. It was kind, and I was pleased.") == []


@pytest.mark.parametrize("name", [name for name in library.template_names() if name != "thank-you"])
def test_every_letter_of_the_kit_asks_for_something_but_thanks(name: str) -> None:
    template = library.template(name)
    for body in template.bodies.values():
        assert words(body, template.lang)


@pytest.mark.parametrize("name", [name for name in library.template_names() if name.endswith(".es")])
def test_of_two_languages_the_school_reads_one_and_the_parent_the_other(name: str) -> None:
    template = library.template(name)
    english = library.template(template.beside).body()
    text = f"{template.body()}\n\n# English text of this letter\n\n{english}"
    asks = asks_of(Letter(template=name, dated=TODAY, text=text, lang="es-US"), SPANISH)
    assert [ask.words for ask in asks] == words(english)
    assert all(ask.shown != ask.words for ask in asks), "as many are asked in both"


@pytest.fixture
def letter(book: Casebook) -> Letter:
    letter = book.write_one(Letter(template="x", dated=TODAY, text="Please call. Please write. Please come."))
    book.write(Mark(of=letter.root, what="sent", on=TODAY))
    return letter


def reply(book: Casebook, letter: Letter, typed: str) -> None:
    asks = asks_of(letter, WORDS)
    book.write(answering(Mark(of=letter.root, what="replied", on=TODAY), asks, chosen_asks(typed, asks)))


def test_what_a_reply_leaves_open_stays_open_until_another_answers_it(book: Casebook, letter: Letter) -> None:
    assert left_open(letter, book.case) is None
    assert still_asked(letter, book.case, WORDS) == ("Please call.", "Please write.", "Please come.")
    first, second, _ = asks_of(letter, WORDS)
    assert is_answered(first, letter, book.case) is None
    reply(book, letter, "1, 3")
    assert (is_answered(first, letter, book.case), is_answered(second, letter, book.case)) == (True, False)
    assert left_open(letter, book.case) == still_asked(letter, book.case, WORDS) == ("Please write.",)
    reply(book, letter, "2")
    assert left_open(letter, book.case) == ()


def test_a_reply_of_which_nothing_was_said_answers_and_leaves_open_nothing(book: Casebook, letter: Letter) -> None:
    book.write(Mark(of=letter.root, what="replied", on=TODAY))
    assert left_open(letter, book.case) is None
    assert still_asked(letter, book.case, WORDS) == (), "asking it all again would claim what nobody knows"


@pytest.mark.parametrize(("typed", "open_ones"), [("all", 0), ("none", 3), ("NONE", 3)])
def test_all_and_none_are_said_in_a_word(book: Casebook, letter: Letter, typed: str, open_ones: int) -> None:
    reply(book, letter, typed)
    assert len(left_open(letter, book.case) or ()) == open_ones


@pytest.mark.parametrize("typed", ["4", "0", "one", "1,9", ","])
def test_a_number_it_does_not_have_is_refused(letter: Letter, typed: str) -> None:
    with pytest.raises(CannotUnderstand, match="1 to 3"):
        chosen_asks(typed, asks_of(letter, WORDS))
