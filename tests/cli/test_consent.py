# SPDX-License-Identifier: Apache-2.0
"""No acceptance of these very words, no recording."""

from pathlib import Path

import msgspec
import pytest

from handiwork.adapters.sealing.cryptography_ import Verifier
from handiwork.cli.consent import accept, notice_text, policy_in_force, put_policy_in_force, require
from handiwork.cli.device import open_device
from handiwork.cli.main import main
from handiwork.cli.paths import Home, home
from handiwork.model.codec import canonical_json
from handiwork.model.consent import SignedConsent
from handiwork.model.errors import BadInput, NotAllowed
from handiwork.model.ids import Digest
from handiwork.model.policy import Allow, Policy
from handiwork.ports.journal import ACCEPTED_POLICY, CONSENT, consent_in_force

POLICY = Policy(name="desk", revision=1, purposes=("agent-training",))
NOW = "2026-01-01T00:00:00Z"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("HANDIWORK_HOME", str(tmp_path / "device"))
    return home()


def test_without_a_consent_record_recording_is_not_allowed(where: Home) -> None:
    with open_device(where) as device, pytest.raises(NotAllowed, match="no notice was accepted"):
        require(device.store, POLICY)


def test_an_accepted_notice_is_signed_by_the_person_and_covers_its_policy(where: Home) -> None:
    with open_device(where) as device:
        consent = accept(POLICY, device.person, device.store, NOW)
        assert require(device.store, POLICY) == consent
        signed = consent_in_force(device.store)
        assert signed is not None
        key, signature = bytes.fromhex(consent.public_key), bytes.fromhex(signed.signature)
        assert Verifier().verify(key, canonical_json(consent), signature)


def test_changed_words_void_the_consent(where: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_device(where) as device:
        accept(POLICY, device.person, device.store, NOW)
        monkeypatch.setattr("handiwork.cli.consent.notice_text", lambda policy: "Other words.")
        with pytest.raises(NotAllowed, match="the notice has changed"):
            require(device.store, POLICY)


def test_a_policy_that_asks_for_more_voids_the_consent_and_one_that_asks_for_less_does_not(where: Home) -> None:
    with open_device(where) as device:
        accept(POLICY, device.person, device.store, NOW)
        with pytest.raises(NotAllowed, match="keeps data for 9999 days"):
            require(device.store, msgspec.structs.replace(POLICY, retention_days=9_999))
        require(device.store, msgspec.structs.replace(POLICY, revision=2, retention_days=9))


def test_an_accepted_policy_that_was_tampered_with_covers_nothing(where: Home) -> None:
    with open_device(where) as device:
        accept(POLICY, device.person, device.store, NOW)
        wider = msgspec.structs.replace(POLICY, allow=(Allow(app="gedit"),))
        device.store.put_value(ACCEPTED_POLICY, canonical_json(wider))
        with pytest.raises(NotAllowed, match="isn't known"):
            require(device.store, wider)


def test_a_consent_from_before_the_notice_listed_the_scope_asks_for_a_new_one(where: Home) -> None:
    with open_device(where) as device:
        accept(POLICY, device.person, device.store, NOW)
        signed = consent_in_force(device.store)
        assert signed is not None
        old = msgspec.structs.replace(signed.consent, policy_digest=Digest(""))
        device.store.put_value(CONSENT, canonical_json(SignedConsent(old, signed.signature)))
        with pytest.raises(NotAllowed, match="now lists what may be recorded"):
            require(device.store, POLICY)


WIDE = """name="tools"
revision={number}
purposes=["agent-training"]
[[allow]]
app="gedit"
"""
MORE = '[[allow]]\napp="calc"\n'


def test_a_revision_says_what_it_gives_up_or_asks_for_and_needs_a_number_of_its_own(
    where: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "policy.toml"

    def put(text: str) -> tuple[int, str]:
        file.write_text(text, "utf-8")
        status = main(["record", "policy", str(file)])
        said = capsys.readouterr()
        return status, said.out + said.err

    assert "before you agree" in put(WIDE.format(number=1) + MORE)[1]
    main(["record", "consent", "--accept-as", "Test"])
    assert "- calc (level actions, words interface)" in capsys.readouterr().out  # the notice lists it
    status, said = put(WIDE.format(number=1))
    assert (status, "give it a revision of 2" in said) == (BadInput.exit_code, True)
    status, said = put(WIDE.format(number=2))
    assert (status, "no longer allowed: calc" in said, "no more than you agreed to" in said) == (0, True, True)
    status, said = put(WIDE.format(number=3) + '[[allow]]\napp="impress"\n')
    assert "Nothing is recorded: the policy asks for more than was accepted: it adds impress" in said


def test_accepting_again_is_a_new_version(where: Home) -> None:
    with open_device(where) as device:
        first, second = (accept(POLICY, device.person, device.store, NOW) for _ in range(2))
        assert (first.version, second.version) == (1, 2)
        assert first.consent_id != second.consent_id


def test_a_notice_that_nobody_accepts_leaves_no_consent_and_a_clear_refusal(
    where: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('name="x"\nrevision=1\npurposes=["agent-training"]\n', "utf-8")
    assert main(["record", "policy", str(file)]) == 0
    assert main(["record", "consent"]) == NotAllowed.exit_code
    said = capsys.readouterr()
    assert "What is never recorded" in said.out
    assert "nothing is recorded, and nothing was stored" in said.err
    with open_device(where) as device:
        assert device.store.value(CONSENT) is None


def test_a_refused_policy_leaves_the_one_in_force(where: Home) -> None:
    with open_device(where) as device:
        put_policy_in_force(device.store, 'name="good"\nrevision=1\npurposes=["agent-training"]\n')
        with pytest.raises(BadInput, match="unknown field"):
            put_policy_in_force(device.store, 'name="bad"\nrevision=1\npurposes=["agent-training"]\nspy=true\n')
        assert policy_in_force(device.store).name == "good"


def test_the_notice_names_policy_purposes_and_how_to_stop() -> None:
    words = notice_text(POLICY)
    assert all(part in words for part in ("desk", "agent-training", "365 days", "Pause", "handiwork desk", "withdraw"))


OPEN = """
name="w"
revision=1
purposes=["agent-training"]
[[allow]]
app="gedit"
level="actions+text"
words="{words}"
"""


@pytest.mark.parametrize(
    ("words", "answers", "status"),
    [
        ("open", ["I agree", "keep my words"], 0),
        ("open", ["I agree", ""], NotAllowed.exit_code),
        ("open", ["I agree", "I agree"], NotAllowed.exit_code),
        ("balanced", ["I agree"], 0),
    ],
)
def test_words_that_are_kept_as_they_stand_need_an_agreement_by_itself(
    where: Home,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    answers: list[str],
    status: int,
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(OPEN.format(words=words), "utf-8")
    assert main(["record", "policy", str(file)]) == 0
    said = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    assert main(["record", "consent"]) == status
    shown = capsys.readouterr().out
    assert ("names of people" in shown, "- gedit (level actions+text, words open)" in shown) == (words == "open",) * 2
    assert next(said, None) is None, "every question was asked"
