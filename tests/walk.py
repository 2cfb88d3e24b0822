"""The walk: a way through every screen and dialog of the demo's case by letters, digits, Enter, Tab and arrows.

`WALK` is one line a stop: its name | the keys that lead there from the stop before | words to be seen there, parted by
semicolons. A key is a character or a name of `KEYS`; `=some_words` is typed, with blanks for the underscores. A `↓` at
the end of the line: the page is read to its end. Without Esc, Ctrl, Alt and F-keys, so that a phone can do the same.
"""

from __future__ import annotations

from typing import NamedTuple

MOMENT = "2026-11-24 16:40"
"""When the walk is taken: the demo's day."""

SIZES = ((40, 20), (44, 28), (80, 24), (120, 40))

KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "space": b" ",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "rub": b"\x7f",
}
"""What the terminal sends for a key that is no character."""

NOTES = "Sep 3, 2026\nThe aide was out again.\n\nSep 8, 2026\nNo speech, the room was locked.\n"
"""What is in notes.txt in the home folder when the walk begins."""

WALK = """
today            |                  | Did it happen?; Speech therapy; ? keys ↓
check-in         | 2                | Reading aide, today:; y given; k not known
reasons          | n                | no provider; child absent
how-known        | 1                | child
checked-in       | 1                | Saved: Reading aide; u takes it back
undo             | u                | Take back; y yes
undone           | y                | Taken back. It stays in the record.
add              | a                | In your own words; Enter saves
add-words        | =@hill_!call_she_will_be_back_Monday_and_"we_will_make_it_up" | call; Ms. Hill; words kept
add-fields       | tab              | Day; Time; Known by; Private
add-types        | down down enter  | call; meeting
add-type-chosen  | q                | Day; Time; Known by
promise          | up up up enter   | Saved as entry; Promise; y keep it
promise-day      | e                | By when?
promise-kept     | =fri enter       | Promise kept in mind
blank            | .                | any key
commands         | x :              | What to do?; Enter
commands-found   | =undo            | Undo
commands-left    | rub rub rub rub enter | Today
tour             | : =tour enter    | 1 of 5; q leave
tour-left        | enter q          | Log; ? keys
help             | t ?              | Everywhere; q back ↓
log              | q l              | Log; Enter open; ? keys ↓
log-search       | / =make_up       | 2 of; to the list
log-found        | enter            | 2 of; ? keys
log-only         | l b              | Everything; One type
log-only-type    | 2                | call
log-only-call    | 1                | Log; ? keys
entry            | l 7 0 enter      | Entry 70; Exact words; Promise; ? keys ↓
correct          | e                | Correct entry 70; Enter saves
correct-why      | =_He_was_calm. enter | Why is entry 70 corrected?
entry-versions   | =I_forgot_it enter | Entry 70 is corrected.; He was calm. ↓
strike           | x                | Strike entry 70; goes back
attach           | enter f          | Which file belongs to entry 70?
attach-nothing   | =/nowhere enter  | any key goes on
services         | x s          | Speech therapy; Reading aide; ? keys ↓
services-from    | f                | Count from which day?
services-to      | =9/1 enter       | To which day?
services-range   | enter            | Tue Sep 1; Speech therapy
service          | s 1              | as written; conservative; not delivered; ? keys ↓
week             | 1                | Week of; as written; Tue Nov 24; ? keys
session          | 1                | Session; not given; ? keys ↓
session-again    | e                | y given; n not
session-made-up  | q m              | On which day was it made up?
session-strike   | enter x          | Strike
their-log        | enter q q q 1 r  | No row of their log; ? keys
type-their-log   | n                | Day, minutes and code; Enter
typed-their-log  | =11/18 enter =30 enter =P enter | 1 row; Wed Nov 18
their-log-rows   | enter            | Their log; Nov 18; ? keys ↓
their-log-file   | i                | Which file?
questions        | enter y          | ? keys ↓
make-good        | s m              | Make good; ? keys ↓
goals            | s g              | Goals; ? keys ↓
goal-new         | n                | A short name for the goal
goal-words       | =reading enter   | Its words, as they stand in the IEP
goal-saved       | =Reads_60_words_a_minute. tab enter | Saved: reading
report           | i                | For which day is it promised?
deadlines        | enter d          | Deadlines; Me; School; ? keys ↓
deadlines-done   | o                | Deadlines; ? keys ↓
mark             | o m              | m met; w given up
why              | q y              | The rule says; What started it; ? keys ↓
why-file         | f                | Where on this machine?
month            | rub*40 enter d home g | Due this month; ? keys
month-next       | n                | Nothing is due; ? keys
letters          | w                | No answer yet; Not sent yet; ? keys ↓
letters-sheets   | h                | Which sheet; Meeting sheet
letter           | q 1              | Letter 62; What became of it; ? keys ↓
paper            | v                | page 1 of 2; ? keys ↓
letter-file      | q f              | Save it as; PDF
letter-answered  | q r              | What became of it?; They answered it
which-answered   | 1 enter enter    | Which of it did they answer?; Done
letter-receipt   | q g              | Which file belongs to letter 62?
draft            | enter w 1        | Letter 73; ? keys ↓
to-whom          | o                | Who gets it; ? keys ↓
how-it-reads     | q h              | ? keys ↓
editor           | q e              | Dear Dr. Lott:; Done
editor-typed     | =PS. tab         | Done; kept
editor-done      | n                | Letter 73
sent             | m                | e-mail
kinds            | q w n            | ? keys ↓
kinds-of-step    | end up*4 enter                | Step 2; ? keys ↓
facts            | home enter                | ? keys ↓
packet           | p                | No packet yet.; ? keys ↓
packet-new       | n                | y begin it; n not now
packet-begun     | y                | The packet is begun. ↓
packet-hole      | home enter       | open the claim; let it stand
claim            | 1                | Claim 1; ? keys ↓
exhibits         | q home down*13 enter | exhibit; ? keys ↓
complaint        | q r              | ? keys ↓
sets             | q f              | Take it home; ? keys ↓
case             | c                | Child; School year; Backups; ? keys ↓
old-notes        | n                | Notes you have already; ? keys
old-notes-file   | i                | file
old-notes-read   | =~/notes.txt enter | The aide was out again; ? keys ↓
child            | c 1              | Born; Grade; ? keys ↓
child-name       | 1                | Child, name:
child-renamed    | =_Ann enter      | Maya Bell Ann; u takes it back
people           | c 4              | Dr. Ann Lott; ? keys ↓
person           | 1                | E-mail; ? keys ↓
person-address   | 5                | Address:; Enter begins a line
person-off       | tab enter x                | Take Dr. Ann Lott off the list?
people-new       | enter c 4 n            | Their name
iep              | enter c 5        | IEP; ? keys ↓
iep-dates        | 1                | Which date was typed wrongly?
iep-service      | q 2              | Speech; ? keys ↓
iep-new          | q n              | What is new?; an IEP was signed
iep-new-service  | s                | Which service?
calendar         | enter c 6        | School calendar; ? keys ↓
calendar-new     | n                | What is new?; school is closed
calendar-day     | c                | day
files            | enter c 7              | Files; ? keys ↓
backups          | c 8              | Backups; ? keys ↓
check            | c 9              | Check of the record; ? keys ↓
"""


class Stop(NamedTuple):
    """One screen of the walk."""

    name: str
    keys: tuple[str, ...]
    words: tuple[str, ...]
    to_its_end: bool


def stops(walk: str = WALK) -> tuple[Stop, ...]:
    """Read the table."""
    read = []
    for line in walk.strip().splitlines():
        name, keys, words = (part.strip() for part in line.split("|"))
        to_its_end = words.endswith("↓")
        seen = tuple(word.strip() for word in words.removesuffix("↓").split(";") if word.strip())
        read.append(Stop(name, tuple(keys.split()), seen, to_its_end))
    return tuple(read)


def sent(key: str) -> bytes:
    """What the terminal sends for a key of the table; `rub*40` is that key held down."""
    name, _, times = key.partition("*")
    if name in KEYS:
        return KEYS[name] * int(times or 1)
    if len(key) > 1 and not key.startswith("="):
        raise ValueError(key)
    return (key[1:].replace("_", " ") or key).encode()
