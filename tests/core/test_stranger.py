"""The stranger test: each question is answered by words of the text, or by nothing."""

from __future__ import annotations

from datetime import date

import pytest
from casebook import TODAY, Casebook

from iepjournal import library
from iepjournal.core.records import Letter
from iepjournal.core.stranger import NOT_IN_THE_TEXT, Answer, stranger_test

WORDS = library.words()


def answers(book: Casebook, text: str, lang: str = "en") -> dict[str, tuple[str, ...]]:
    found = stranger_test(Letter(template="x", dated=TODAY, text=text), book.case, library.words(lang))
    return {one.id: one.words for one in found}


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        ("About **Maya\nBell**. Renee Bell", "who", ("Maya Bell", "Renee Bell")),
        ("About Maya.", "who", ("Maya",)),
        ("Speech  therapy and OT.", "service", ("speech therapy",)),
        ("Her education records.", "service", ("education records",)),
        ("All these services and the sessions.", "service", ()),
        ("It was on March 3, 2026 and on March 3, 2026.", "dates", ("March 3, 2026",)),
        ("Answer by March 6, 2026.", "dates", ()),
        ("Please call. I ask for a log.", "asked", ("Please call.", "I ask for a log.")),
        ("I propose a plan.", "asked", ("I propose",)),
        ("I would appreciate it by **Friday, March 6, 2026**.", "by_when", ("by Friday, March 6, 2026",)),
        ("Renee Bell\n\nEnclosure: my letter of May 3", "attached", ("Enclosure: my letter of May 3",)),
        ("I enclose a copy.", "attached", ("I enclose a copy",)),
    ],
)  # fmt: skip
def test_it_is_answered_by_the_words_of_the_text(
    book: Casebook, text: str, question: str, words: tuple[str, ...]
) -> None:
    assert answers(book, text)[question] == words


def test_a_text_that_says_nothing_answers_nothing(book: Casebook) -> None:
    assert set(answers(book, "nothing").values()) == {()}


def test_the_birthday_is_no_day_that_it_tells_of(book: Casebook) -> None:
    child = book.case.profile.child.replace(birth_date=date(2018, 5, 14))
    book.write(book.case.profile.replace(child=child))
    assert answers(book, "Maya, born May 14, 2018, on May 4, 2026")["dates"] == ("May 4, 2026",)


def test_of_two_languages_the_one_the_school_reads_is_asked_in_the_parents(book: Casebook) -> None:
    text = (
        "Pido terapia para mi hija Maya antes del 4 de mayo de 2026.\n\n# English text of this letter\n\nI ask for it."
    )
    found = stranger_test(Letter(template="x", dated=TODAY, text=text), book.case, library.words("es"))
    assert {one.id: one.words for one in found if one.words} == {"asked": ("I ask for it.",)}
    assert found[0].question == library.words("es").stranger["who"][0]
    alone = answers(book, text.partition("\n")[0], "es")
    assert (alone["who"], alone["by_when"]) == (("Maya",), ("antes del 4 de mayo de 2026",))


def test_a_line_shows_the_first_words_and_how_many_more() -> None:
    def line(*words: str) -> str:
        return Answer(id="dates", question="Which dates?", words=words).in_words

    assert line() == NOT_IN_THE_TEXT
    assert line("a", "b", "c") == "a · b · c"
    assert line("a", "b", "c", "d", "e") == "a · b · c · 2 more"
