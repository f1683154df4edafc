# SPDX-License-Identifier: Apache-2.0
"""Wires a recording session: the real X server, browser bridge, accessibility bus and journal, around the recorder."""

import gc
import os
import signal
import sys
from contextlib import ExitStack

from handiwork import __version__
from handiwork.adapters.atspi import AtspiInterface, AtspiSecretsWatch, AtspiUnaided
from handiwork.adapters.browser.bridge import BrowserBridge
from handiwork.adapters.browser.managed import Managed
from handiwork.adapters.control.unix_socket import ControlSocket
from handiwork.adapters.pictures.webp import WebpPictures
from handiwork.adapters.power.logind import LogindPower
from handiwork.adapters.sealing.cryptography_ import x25519_public
from handiwork.adapters.system.clock import ProcessMeter, SystemCalendar, SystemClock
from handiwork.adapters.system.memory import forbid_dumps, lock_memory, reuse_memory
from handiwork.adapters.system.name import name_process
from handiwork.adapters.x11 import X11Clipboard, X11Desktop, X11Indicator, X11Surroundings, X11Tray
from handiwork.adapters.x11.input import refuse_wayland
from handiwork.adapters.x11.probe import X11DelayProbe
from handiwork.cli.backend import Backend, input_and_screen, version_with
from handiwork.cli.consent import flaw_of, policy_in_force, require
from handiwork.cli.device import Device, open_device
from handiwork.cli.ending import run, stopping_on_signals, told_if_it_ends
from handiwork.cli.paths import Home
from handiwork.cli.reading import Models, models_of, open_names, open_reader
from handiwork.cli.second_look import SampleProcess
from handiwork.cli.told import of_the_last_end
from handiwork.cli.unexpected import withhold_contents
from handiwork.model.codec import digest_of
from handiwork.model.consent import Consent
from handiwork.model.errors import NotAllowed
from handiwork.model.ids import Digest, SegmentId
from handiwork.model.policy import Policy
from handiwork.model.segment import Header
from handiwork.ports.control import Status
from handiwork.ports.ended import keep_begin, last_end
from handiwork.ports.journal import CONSENT, POLICY, Ledger, consent_in_force
from handiwork.ports.language import NameReader
from handiwork.ports.own_words import own_words
from handiwork.recorder.daemon import Recorder
from handiwork.recorder.kept.keeping import Keeping
from handiwork.recorder.kept.segment_writer import SegmentWriter, recover
from handiwork.recorder.pictures.reading import ScreenReader
from handiwork.recorder.scope.watch import ScopeWatch
from handiwork.recorder.skips import SkipCounter
from handiwork.recorder.terms import Terms
from handiwork.recorder.world import World
from handiwork.rules.participation import Participation
from handiwork.rules.redaction.redactor import REDACTOR_VERSION


def record_until_stopped(home: Home, backend: Backend = "x11") -> tuple[Status, bool]:
    """Records in the foreground until Ctrl-C, SIGTERM or `record stop`; the account, and whether it was Ctrl-C."""
    refuse_wayland(os.environ)
    name_process()
    withhold_contents()
    reuse_memory()
    forbid_dumps()
    unlocked = lock_memory()
    with open_device(home) as device, ExitStack() as stack:
        # The control socket first: it is what refuses a second recorder.
        control = ControlSocket(device.home.sockets / "control.sock")
        stack.callback(control.close)
        with told_if_it_ends(device.store):
            policy = policy_in_force(device.store)
            require(device.store, policy)
            own_words(device.store, device.sealing, device.device_key)  # an unreadable list stops it here
            world = open_world(device, stack, control, backend, unlocked)
            recorder = _open_recorder(device, stack, world, policy, backend)
        with stopping_on_signals(recorder) as received:
            keep_begin(device.store, world.clock.unix_ms())
            if ended := last_end(device.store):
                print("\n".join(of_the_last_end(ended)), file=sys.stderr)
            print(_began(policy, recorder), file=sys.stderr)
            gc.collect()
            gc.freeze()  # what is loaded by now stays: to walk through it again takes 16 ms, amid somebody's work
            return run(recorder, world, received), signal.SIGINT in received


def _open_recorder(device: Device, stack: ExitStack, world: World, policy: Policy, backend: Backend) -> Recorder:
    """With what reads, after what a killed one left behind was closed."""
    for segment in recover(device.store, device.sealing, device.device_key, _tell_damaged):
        print(f"closed segment {segment}, left open by a recorder that was killed", file=sys.stderr)
    reader = open_reader(policy)
    if reader is not None:
        stack.callback(reader.close)
    names = open_names(policy)
    if names is not None:
        stack.callback(names.close)
    terms = StoredTerms(device.store, backend, models_of(reader, names))
    return make_recorder(device, world, terms, reader, names)


def open_world(
    device: Device, stack: ExitStack, control: ControlSocket, backend: Backend = "x11", unlocked: str = ""
) -> World:
    """Every other port on the real thing. What is missing on this machine is said by its own MissingPiece."""
    heard, seen = input_and_screen(backend)
    world = World(
        input=heard,
        desktop=X11Desktop(),
        surroundings=X11Surroundings(),
        clipboard=X11Clipboard(),
        screen=seen,
        secrets=AtspiSecretsWatch(),
        browser=BrowserBridge(device.home.sockets),
        unaided=AtspiUnaided(Managed().refusal),
        interface=AtspiInterface(),
        indicator=X11Indicator(),
        tray=X11Tray(),
        control=control,
        store=device.store,
        pictures=WebpPictures(),
        clock=SystemClock(),
        calendar=SystemCalendar(),
        power=LogindPower(),
        meter=ProcessMeter(unlocked),
        delay=X11DelayProbe(),
    )
    for part in (
        world.input,
        world.desktop,
        world.surroundings,
        world.clipboard,
        world.secrets,
        world.browser,
        world.unaided,
        world.interface,
        world.indicator,
        world.tray,
        world.power,
        world.delay,
    ):
        stack.callback(part.close)
    return world


def make_recorder(
    device: Device,
    world: World,
    terms: "StoredTerms",
    reader: ScreenReader | None = None,
    names: NameReader | None = None,
) -> Recorder:
    """A recorder under the terms as they stand in the person's store."""
    now = terms.read()
    policy, template = now.policy, now.header
    watch, skips = ScopeWatch(policy, world.input.knows.late_ms), SkipCounter()
    public = x25519_public(device.device_key)
    writer = SegmentWriter(device.store, device.sealing, public, template, world.clock)
    keeping = Keeping(
        policy, watch, world.pictures, skips, writer,
        lambda: own_words(device.store, device.sealing, device.device_key), reader, names,
    )  # fmt: skip
    again = SampleProcess(device.home, device.store)
    return Recorder(world, policy, Participation(consented=not now.flaw), keeping, skips, terms, again)


class StoredTerms:
    """Policy in force and consent, as they stand in the person's store."""

    def __init__(self, ledger: Ledger, backend: Backend, models: Models) -> None:
        self._ledger, self._backend, self._models = ledger, backend, models
        self._seen: tuple[bytes | None, ...] = ()

    def read(self) -> Terms:
        """Both, and whether they fit."""
        self._seen = self._stored()
        policy, signed = policy_in_force(self._ledger), consent_in_force(self._ledger)
        if signed is None:
            raise NotAllowed(
                "There is no consent on this device.", data="nothing is recorded.", do="run `handiwork record consent`."
            )
        header = header_template(policy, signed.consent, self._backend, self._models)
        return Terms(policy, header, flaw_of(self._ledger, signed.consent, policy))

    def changed(self) -> bool:
        """Whether either was written since."""
        return self._stored() != self._seen

    def _stored(self) -> tuple[bytes | None, ...]:
        return self._ledger.value(POLICY), self._ledger.value(CONSENT)


def header_template(policy: Policy, consent: Consent, backend: Backend = "x11", models: Models | None = None) -> Header:
    """What all headers under this policy and consent share; id, epoch and key are each segment's own."""
    models = models or Models()
    return Header(
        segment_id=SegmentId(""),
        participant=consent.participant,
        consent_id=consent.consent_id,
        consent_version=consent.version,
        notice_digest=consent.notice_digest,
        policy_digest=Digest(digest_of(policy)),
        policy_name=policy.name,
        policy_revision=policy.revision,
        purposes=policy.purposes,
        recorder_version=version_with(__version__, backend),
        redactor_version=REDACTOR_VERSION,
        ocr_model=models.ocr,
        language_model=models.language,
        epoch="",
        wrapped_for_device="",
    )


def _tell_damaged(segment: SegmentId) -> None:
    print(f"segment {segment} can't be opened and was left as it is; see `handiwork desk`", file=sys.stderr)


def _began(policy: Policy, recorder: Recorder) -> str:
    paused = recorder.status().state == "paused"
    keys = "paused, as you left it; the Pause key goes on" if paused else "the Pause key pauses"
    return f"recording under {policy.name!r}, revision {policy.revision}; {keys}"
