"""The word lists as the library brings them: what is typed wrong is found, what the kit says is not doubted."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from iepjournal import library
from iepjournal.core.spelling import doubts
from iepjournal.dictionary import word_list

LISTS = {lang: listed for lang in ("en-US", "es-US") if (listed := word_list(lang))}


@pytest.mark.parametrize("name", library.template_names())
def test_nothing_in_the_kit_is_doubted(name: str) -> None:
    template = library.template(name)
    words = library.words(template.lang)
    for body in template.bodies.values():
        said = re.sub(r"\{\{[^}]*\}\}", "Ann", body)
        assert [doubt.word for doubt in doubts(said, words, LISTS, words.known)] == []


@pytest.mark.parametrize("lang", ["en", "es"])
def test_nothing_a_letter_is_filled_with_is_doubted(lang: str) -> None:
    words = library.words(lang)
    for table in words.tables.values():
        for phrase in table.values():
            said = re.sub(r"\{\w*\}", "Ann", phrase)
            assert [doubt.word for doubt in doubts(said, words, LISTS, words.known)] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("recieve", "receive"), ("therpist", "therapist"), ("accomodations", "accommodations"), ("thier", "their"),
     ("untill", "until"), ("seperate", "separate"), ("accomodtaions", "accommodations")],
)  # fmt: skip
def test_slips_are_found_in_english(typed: str, meant: str) -> None:
    assert typed not in LISTS["en-US"]
    assert meant in LISTS["en-US"].near(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "meant"), [("sesion", "sesión"), ("tambien", "también"), ("terrapia", "terapia"), ("rapido", "rápido")]
)
def test_slips_are_found_in_spanish(typed: str, meant: str) -> None:
    assert typed not in LISTS["es-US"]
    assert LISTS["es-US"].near(typed)[0] == meant


@pytest.mark.parametrize("word", ["puedo", "registros", "recibieron", "cómo", "estén", "días", "dígame"])
def test_a_form_the_spanish_list_lacks_is_not_doubted(word: str) -> None:
    assert word in LISTS["es-US"]


def test_the_lists_are_read_only_when_spelling_is_looked_at() -> None:
    script = "import sys, iepjournal.mailroom, iepjournal.cli.letters; sys.exit('spellchecker' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_language_without_a_list_has_none() -> None:
    assert word_list("fr-FR") is None
