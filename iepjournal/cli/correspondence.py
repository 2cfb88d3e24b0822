"""The letters of a case as they stand: listed, and shown with what was asked, answered, and sent in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from iepjournal import mailroom
from iepjournal.core.asks import is_answered, left_open
from iepjournal.core.corrections import name_of
from iepjournal.core.letters import letter_marks, letter_state, state_in_words
from iepjournal.core.records import Letter
from iepjournal.core.replacements import letter_replaced, replacement

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from iepjournal.cli.desk import Desk
    from iepjournal.core.case import Case
    from iepjournal.core.letters import LetterState

ANSWERED = {True: "✓ ", False: "· still open: ", None: ""}


def list_letters(args: argparse.Namespace, desk: Desk) -> int:
    """Every letter and where it stands."""
    case = desk.store().case()
    rows = [(one, letter_state(one, case, desk.today, _receipt_days(case))) for one in case.letters]
    if args.json:
        shape = [
            {
                "no": one.no,
                "template": one.template,
                "title": one.title,
                "dated": one.dated.isoformat(),
                "to": list(one.to),
                "state": state.word,
                "sent_on": state.sent_on.isoformat() if state.sent_on else None,
                "received_on": state.received_on.isoformat() if state.received_on else None,
                "estimated": state.is_estimated,
                "replied_on": state.replied_on.isoformat() if state.replied_on else None,
                "reply_by": one.reply_by.isoformat() if one.reply_by else None,
                "open_asks": state.open_asks,
                "replaces": _number(letter_replaced(one, case)),
                "replaced_by": state.replaced_by,
            }
            for one, state in rows
        ]
        desk.out_json({"letters": shape})
        return 0
    if not rows:
        desk.say("No letter yet. What there is: iepjournal letter new")
    for one, state in rows:
        desk.out(f"{one.no:>5}  {one.title}: {state_in_words(one, state, desk.today)}")
    return 0


def show_letter(args: argparse.Namespace, desk: Desk) -> int:
    """The letter as data, and where it stands as talk."""
    from iepjournal.export.text import letter_text

    case = desk.store().case()
    one = case.numbered(args.no, Letter)
    text = letter_text(mailroom.paper_of(one, case))
    if args.json:
        desk.out_json(_as_json(one, case, desk, text))
        return 0
    desk.out(text)
    desk.say(f"{name_of(one)}: {state_in_words(one, _state(one, case, desk), desk.today)}.")
    if before := letter_replaced(one, case):
        desk.say(f"It replaces letter {before.no}: {before.title}.")
    if after := replacement(one, case):
        desk.say(f"Letter {after.no} replaces it{'' if case.is_sent(after) else ', once it is sent'}: {after.title}.")
    if case.is_sent(one):
        say_asks(one, case, desk)
    return 0


def say_asks(one: Letter, case: Case, desk: Desk) -> None:
    """What a sent letter asked for, and what of it no reply answered."""
    asks, open_ones = mailroom.asks(one), left_open(one, case)
    if not asks:
        return
    replies = letter_marks(one, case, "replied")
    desk.say("It asks for:")
    for ask in asks:
        desk.say(f"{ask.no:>3} {ANSWERED[is_answered(ask, one, case)]}{ask.shown}")
    if replies and open_ones is None:
        on = replies[-1].on.isoformat()
        desk.say(
            f"Which of it was answered? iepjournal letter replied {one.no} --on {on} --answered 1,2 (or all, none)"
        )
    elif open_ones:
        desk.say("What is still open goes, in quotes, into: iepjournal letter new refused-reply")


def _as_json(one: Letter, case: Case, desk: Desk, text: str) -> dict[str, Any]:
    return {
        "letter": one.no,
        "template": one.template,
        "title": one.title,
        "state": _state(one, case, desk).word,
        "text": text,
        "replaces": _number(letter_replaced(one, case)),
        "replaced_by": _number(replacement(one, case)),
        "asks": [
            {"no": ask.no, "words": ask.words, "answered": is_answered(ask, one, case)} for ask in mailroom.asks(one)
        ],
    }


def _state(one: Letter, case: Case, desk: Desk) -> LetterState:
    return letter_state(one, case, desk.today, _receipt_days(case))


def _number(one: Letter | None) -> int | None:
    return one.no if one else None


def _receipt_days(case: Case) -> Mapping[str, int]:
    from iepjournal.rulefiles import load_rules

    return load_rules(case.profile.state).receipt
