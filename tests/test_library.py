from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iepjournal import library, paths
from iepjournal.errors import BadTemplate, NoSuchTemplate

if TYPE_CHECKING:
    from pathlib import Path

OWN = '+++\ntitle = "My own"\nto = ["Principal"]\nchecked = 2026-11-23\n+++\nDear {{to.greeting}}:\n'


@pytest.fixture
def own_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = paths.config() / "templates"
    folder.mkdir(parents=True)
    return folder


def test_the_users_own_template_comes_before_the_one_that_was_shipped(own_templates: Path) -> None:
    shipped = library.template("implementation-concern")
    (own_templates / "implementation-concern.md").write_text(OWN)
    (own_templates / "aunt-may.md").write_text(OWN)
    assert shipped.title != library.template("implementation-concern").title == "My own"
    assert "aunt-may" in library.template_names()


def test_printables_are_no_letters(own_templates: Path) -> None:
    (own_templates / "print-mine.md").write_text(OWN)
    assert "mine" in library.printable_names()
    assert not any("mine" in name for name in library.template_names())
    assert library.printable("mine").title == "My own"


@pytest.mark.parametrize("name", ["nothing", "../pyproject", "/etc/passwd", ""])
def test_a_name_that_is_no_template_is_refused_with_those_there_are(name: str, own_templates: Path) -> None:
    with pytest.raises(NoSuchTemplate, match="implementation-concern"):
        library.template(name)


def test_a_broken_template_is_named(own_templates: Path) -> None:
    (own_templates / "broken.md").write_text("no front")
    with pytest.raises(BadTemplate, match="The template broken cannot be used"):
        library.template("broken")
