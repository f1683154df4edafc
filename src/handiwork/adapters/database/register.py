# SPDX-License-Identifier: Apache-2.0
"""The register over a database. No query takes a person, and none returns rows by person."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from handiwork.adapters.database.tables import CONSENTS, PURPOSES, RELEASES, SEGMENTS, WITHDRAWALS, Database
from handiwork.model.codec import canonical_json, digest_of, from_json
from handiwork.model.consent import SignedConsent, SignedWithdrawal
from handiwork.model.errors import NotAllowed
from handiwork.model.grant import Receipt, WithdrawalReceipt
from handiwork.model.ids import ConsentId, Digest, SegmentId
from handiwork.model.logged import ReleaseLogged, ReleaseNotice
from handiwork.model.policy import Purpose
from handiwork.ports.register import ConsentRow, NewSegment, SegmentRow, WithdrawalRow


class _SqlConsents:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add_consent(self, signed: SignedConsent, salt: str) -> ConsentRow:
        """Keeps it, or gives the row that is there."""
        name = signed.consent.consent_id
        with self._database.writing() as connection:
            held = _consent(connection, name)
            if held is None:
                row = {"consent_id": name, "signed": canonical_json(signed), "salt": salt}
                connection.execute(sa.insert(CONSENTS).values(row))
                held = ConsentRow(signed=signed, salt=salt, withdrawn=_is_withdrawn(connection, name))
        if held.signed != signed:
            raise _refused("a different consent has this id")
        return held

    def consent(self, consent: ConsentId) -> ConsentRow | None:
        """The row, or None."""
        with self._database.reading() as connection:
            return _consent(connection, consent)


class _SqlSegments:
    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(self, segment: NewSegment) -> SegmentRow:
        """Keeps it as not yet stored, or gives the row that is there."""
        same = sa.or_(SEGMENTS.c.segment_id == segment.segment_id, SEGMENTS.c.content == segment.content)
        with self._database.writing() as connection:
            if _is_withdrawn(connection, segment.consent_id):
                raise _refused("the consent was withdrawn")
            if _consent(connection, segment.consent_id) is None:
                raise _refused("the hub does not know the consent; register it first")
            held = connection.execute(sa.select(SEGMENTS).where(same)).mappings().one_or_none()
            if held is None:
                return _reserved(connection, segment)
            if (held["segment_id"], held["content"]) != (segment.segment_id, segment.content):
                raise _refused("another segment has this id")
            return _segment_row(held)

    def complete(self, receipt: Receipt) -> None:
        """Marks it stored."""
        mine = SEGMENTS.c.segment_id == receipt.segment_id
        with self._database.writing() as connection:
            held = connection.execute(sa.select(SEGMENTS).where(mine)).mappings().one_or_none()
            if held is None or _is_withdrawn(connection, held["consent_id"]):
                raise _refused("the consent was withdrawn meanwhile")
            if held["receipt"] is None:
                connection.execute(sa.update(SEGMENTS).where(mine).values(receipt=canonical_json(receipt)))

    def segment(self, segment: SegmentId) -> SegmentRow | None:
        """The row, or None."""
        with self._database.reading() as connection:
            held = connection.execute(sa.select(SEGMENTS).where(SEGMENTS.c.segment_id == segment))
            row = held.mappings().one_or_none()
            gone = row is None or _is_withdrawn(connection, row["consent_id"])
            return None if row is None or gone else _segment_row(row)

    def covered(self, purpose: Purpose, epochs: Sequence[str]) -> Sequence[SegmentRow]:
        """Stored segments with that purpose, of those epochs."""
        query = (
            sa.select(SEGMENTS)
            .join(PURPOSES, PURPOSES.c.segment_id == SEGMENTS.c.segment_id)
            .where(PURPOSES.c.purpose == purpose, SEGMENTS.c.receipt.is_not(None))
            .where(SEGMENTS.c.consent_id.not_in(sa.select(WITHDRAWALS.c.consent_id)))
            .order_by(SEGMENTS.c.segment_id)
        )
        with self._database.reading() as connection:
            found = connection.execute(query.where(SEGMENTS.c.epoch.in_(epochs)) if epochs else query)
            return [_segment_row(row) for row in found.mappings()]

    def contents(self) -> set[Digest]:
        """The content digest of every segment that is not withdrawn."""
        gone = sa.select(WITHDRAWALS.c.consent_id)
        query = sa.select(SEGMENTS.c.content).where(SEGMENTS.c.consent_id.not_in(gone))
        with self._database.reading() as connection:
            return {Digest(content) for content in connection.execute(query).scalars()}


class _SqlWithdrawals:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, signed: SignedWithdrawal, salt: str) -> WithdrawalRow:
        """Marks the consent withdrawn and fixes its segments."""
        name = signed.withdrawal.consent_id
        with self._database.writing() as connection:
            if not _is_withdrawn(connection, name):
                row = {"consent_id": name, "signed": canonical_json(signed), "salt": salt}
                connection.execute(sa.insert(WITHDRAWALS).values(row))
                mine = SEGMENTS.c.consent_id == name
                connection.execute(sa.update(SEGMENTS).where(mine).values(withdrawn=True))
            return _withdrawals(connection, WITHDRAWALS.c.consent_id == name)[0]

    def finish(self, receipt: WithdrawalReceipt) -> None:
        """Erases what is known of its segments, and keeps the receipt."""
        mine = SEGMENTS.c.consent_id == receipt.consent_id
        ids = sa.select(SEGMENTS.c.segment_id).where(mine)
        erased = {"content": None, "size": None, "epoch": None, "header": None, "salt": None, "receipt": None}
        this = sa.and_(WITHDRAWALS.c.consent_id == receipt.consent_id, WITHDRAWALS.c.receipt.is_(None))
        with self._database.writing() as connection:
            connection.execute(sa.delete(PURPOSES).where(PURPOSES.c.segment_id.in_(ids)))
            connection.execute(sa.update(SEGMENTS).where(mine).values(erased))
            connection.execute(sa.update(WITHDRAWALS).where(this).values(receipt=canonical_json(receipt)))
        self._database.forget_old_pages()

    def unfinished(self) -> Sequence[WithdrawalRow]:
        """Withdrawals that were begun and not finished."""
        with self._database.reading() as connection:
            return _withdrawals(connection, WITHDRAWALS.c.receipt.is_(None))

    def withdrawn(self) -> Sequence[SegmentId]:
        """Every segment that was ever withdrawn."""
        query = sa.select(SEGMENTS.c.segment_id).where(SEGMENTS.c.withdrawn).order_by(SEGMENTS.c.segment_id)
        with self._database.reading() as connection:
            return [SegmentId(name) for name in connection.execute(query).scalars()]


class _SqlReleases:
    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve_releases(self, releases: Sequence[ReleaseLogged], salts: Sequence[str]) -> Sequence[str]:
        """The salt of each."""
        kept: list[str] = []
        with self._database.writing() as connection:
            for details, salt in zip(releases, salts, strict=True):
                digest = digest_of(details)
                held = connection.execute(sa.select(RELEASES.c.salt).where(RELEASES.c.details_digest == digest))
                found = held.scalar_one_or_none()
                if found is None:
                    row = {"segment_id": details.segment_id, "details_digest": digest, "salt": salt}
                    connection.execute(sa.insert(RELEASES).values(row))
                kept.append(found or salt)
        return kept

    def complete_releases(self, notices: Sequence[ReleaseNotice]) -> None:
        """Keeps the proofs."""
        with self._database.writing() as connection:
            for notice in notices:
                mine = RELEASES.c.details_digest == digest_of(notice.details)
                connection.execute(sa.update(RELEASES).where(mine).values(notice=canonical_json(notice)))

    def releases(self, segment: SegmentId) -> Sequence[ReleaseNotice]:
        """Every logged release of this segment's key."""
        mine = sa.and_(RELEASES.c.segment_id == segment, RELEASES.c.notice.is_not(None))
        with self._database.reading() as connection:
            found = connection.execute(sa.select(RELEASES.c.notice).where(mine).order_by(RELEASES.c.number))
            return [from_json(data, ReleaseNotice) for data in found.scalars()]


class SqlRegister(_SqlConsents, _SqlSegments, _SqlWithdrawals, _SqlReleases):
    """The Register port over a SQLite file."""

    def __init__(self, path: Path) -> None:
        super().__init__(Database(path))

    def close(self) -> None:
        """Closes the database."""
        self._database.close()


def _consent(connection: sa.Connection, consent: ConsentId) -> ConsentRow | None:
    held = connection.execute(sa.select(CONSENTS).where(CONSENTS.c.consent_id == consent)).mappings().one_or_none()
    if held is None:
        return None
    signed = from_json(held["signed"], SignedConsent)
    return ConsentRow(signed=signed, salt=held["salt"], withdrawn=_is_withdrawn(connection, consent))


def _is_withdrawn(connection: sa.Connection, consent: str) -> bool:
    query = sa.select(sa.exists().where(WITHDRAWALS.c.consent_id == consent))
    return bool(connection.execute(query).scalar_one())


def _reserved(connection: sa.Connection, segment: NewSegment) -> SegmentRow:
    row = msgspec.structs.asdict(segment)
    purposes = [{"segment_id": segment.segment_id, "purpose": purpose} for purpose in row.pop("purposes")]
    connection.execute(sa.insert(SEGMENTS).values(row))
    connection.execute(sa.insert(PURPOSES), purposes)
    return SegmentRow.of(segment)


def _segment_row(row: sa.RowMapping) -> SegmentRow:
    return SegmentRow(
        segment_id=row["segment_id"],
        consent_id=row["consent_id"],
        content=row["content"],
        header=row["header"],
        salt=row["salt"],
        receipt=None if row["receipt"] is None else from_json(row["receipt"], Receipt),
    )


def _withdrawals(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[WithdrawalRow]:
    found: list[WithdrawalRow] = []
    for row in connection.execute(sa.select(WITHDRAWALS).where(which)).mappings().all():
        mine = sa.and_(SEGMENTS.c.consent_id == row["consent_id"], SEGMENTS.c.header.is_not(None))
        segments = connection.execute(sa.select(SEGMENTS).where(mine).order_by(SEGMENTS.c.segment_id)).mappings()
        found.append(
            WithdrawalRow(
                signed=from_json(row["signed"], SignedWithdrawal),
                segments=tuple(_segment_row(segment) for segment in segments),
                salt=row["salt"],
                receipt=None if row["receipt"] is None else from_json(row["receipt"], WithdrawalReceipt),
            )
        )
    return found


def _refused(why: str) -> NotAllowed:
    return NotAllowed(
        f"The hub refuses this: {why}.",
        data="nothing was kept of it; what was stored before is as it was.",
        do="check the consent on this device; if it was withdrawn, delete the segment.",
    )
