"""The one true erase: takes records out of the journal, its backups, its drafts and its kept files.

What stays is a purge record that bridges the seals, in the journal and in each backup, so that all of them verify.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from iepjournal.core.erasure import words_of
from iepjournal.core.records import Attachment, Link, Purge
from iepjournal.store import fileformat
from iepjournal.store.disk import TEMP_SUFFIX
from iepjournal.store.fileformat import META, RECORDS, meta_of
from iepjournal.store.stamping import Command
from iepjournal.store.uids import new_uid

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from iepjournal.core.records import Record
    from iepjournal.store.disk import Disk
    from iepjournal.store.fileformat import Tables

ERASED = "[erased]"


class Erasure:
    """What is to go, and the purge records that stay in its place."""

    def __init__(self, gone: tuple[Record, ...], no: int, *, at: datetime, by: str, why: str) -> None:
        self._no = no
        self._uids = {record.uid for record in gone}
        self._words = sorted(words_of(gone), key=len, reverse=True)
        self._at, self._by, self._command = at, by, new_uid(at)
        numbers = sorted({no, *(record.no for record in gone if record.no is not None)} - {no})
        self._purges = {each: Purge(uid=new_uid(at), of=each, why=why) for each in (no, *numbers)}

    def concerns(self, tables: Tables) -> bool:
        """Whether any of the records stands in these tables."""
        return any(each.get("uid") in self._uids for each in tables[RECORDS].values())

    def without(self, tables: Tables) -> tuple[Tables, tuple[Record, ...]]:
        """New tables without the records, and the sealed purges that stand in them now."""
        removed = [each for each in tables[RECORDS].values() if each.get("uid") in self._uids]
        links: dict[int, list[Link]] = {self._no: []}
        for each in removed:
            link = Link(seal=each.get("seal", ""), prev=each.get("prev", ""))
            links.setdefault(each.get("no") or self._no, []).append(link)
        command = Command(tables, at=self._at, by=self._by, uid=self._command)
        sealed = tuple(command.write(self._purges[no].replace(removed=tuple(of))) for no, of in links.items())
        kept = {doc_id: each for doc_id, each in tables[RECORDS].items() if each.get("uid") not in self._uids}
        next_id = 1 + max(map(int, tables[RECORDS]))
        kept.update({str(next_id + place): each for place, each in enumerate(command.fresh)})
        about = {**meta_of(tables), "rev": meta_of(tables)["rev"] + 1, "last_no": command.last_no}
        return {**tables, META: dict.fromkeys(tables[META], about), RECORDS: kept}, sealed

    def clean_backups(self, folder: Path, disk: Disk) -> None:
        """Rewrite every backup that holds one of the records; remove what cannot be read and shows a trace."""
        for path in folder.glob("*.json") if folder.is_dir() else ():
            try:
                tables = fileformat.parse(path.read_bytes())
            except (fileformat.Unreadable, fileformat.TooNew):
                self._remove_if_traced(path, disk)
                continue
            if self.concerns(tables):
                content = fileformat.serialise(self.without(tables)[0], expected_size=path.stat().st_size)
                disk.put(str(path), content)

    def clean_loose_files(self, folder: Path, disk: Disk) -> None:
        """Blot the words out of drafts; remove damaged copies and leftovers of killed saves that show a trace."""
        for path in (*folder.glob("case.json.damaged-*"), *folder.rglob(f".*{TEMP_SUFFIX}")):
            self._remove_if_traced(path, disk)
        for draft in folder.glob("drafts/*.txt"):
            text = blotted = draft.read_bytes().decode("utf-8", "replace")
            for words in self._words:
                blotted = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", ERASED, blotted)
            if blotted != text:
                disk.put(str(draft), blotted.encode())

    def _remove_if_traced(self, path: Path, disk: Disk) -> None:
        with suppress(FileNotFoundError):
            raw = path.read_bytes()
            if any(trace in raw for trace in self._traces()):
                disk.calls.unlink(str(path))

    def _traces(self) -> set[bytes]:
        escaped = (
            json.dumps(words, ensure_ascii=ascii_only)[1:-1] for words in self._words for ascii_only in (False, True)
        )
        return {each.encode() for each in (*self._uids, *self._words, *escaped)}


def unused_hashes(gone: tuple[Record, ...], tables: Tables) -> set[str]:
    """The hashes of attachments that only the erased records used."""
    still_used = {each.get("sha256") for each in tables[RECORDS].values()}
    return {record.sha256 for record in gone if isinstance(record, Attachment)} - still_used


def remove_for_good(paths: list[Path], disk: Disk) -> None:
    """Remove files and wait until they are gone from the disk's folders."""
    for path in paths:
        with suppress(FileNotFoundError):
            disk.calls.unlink(str(path))
    for folder in {os.path.dirname(path) for path in paths}:
        disk.sync_folder(folder)
