# SPDX-License-Identifier: Apache-2.0
"""A made-up run that has everything a report can show. No figure in it was ever measured; the page says so."""

import hashlib
import io

from PIL import Image, ImageDraw

from handiwork.lab.report_page.opening import pooled
from handiwork.lab.statistics import wilson
from handiwork.lab.summary import (
    Audit,
    ConsentShown,
    CurvePoint,
    DatasetShown,
    ExampleStep,
    FilmShown,
    LogShown,
    Machine,
    Marked,
    Pictures,
    Policy,
    ProofShown,
    Rate,
    RecorderCost,
    Shot,
    Summary,
    Training,
    Withdrawn,
)
from handiwork.rules import merkle

_SUCCESSES: dict[str, tuple[int, int, int]] = {
    "click-button": (40, 9, 8),
    "click-dialog-2": (40, 12, 13),
    "click-link": (39, 4, 5),
    "enter-text": (40, 0, 1),
    "choose-list": (37, 1, 2),
    "click-checkboxes": (35, 2, 1),
    "login-user": (38, 0, 0),
    "click-option": (33, 8, 6),
}


def _rate(successes: int, episodes: int = 40) -> Rate:
    low, high = wilson(successes, episodes)
    return Rate(rate=successes / episodes, low=low, high=high, episodes=episodes)


def _proof() -> ProofShown:
    leaves = [merkle.leaf_hash(b"%d" % i) for i in range(37)]
    node = merkle.nodes_over(leaves)
    return ProofShown(
        what="the receipt of one segment",
        index=13,
        size=37,
        leaf=leaves[13].hex(),
        path=tuple(step.hex() for step in merkle.inclusion_path(node, 13, 37)),
        root=merkle.root(node, 37).hex(),
    )


def showcase() -> Summary:
    """The run."""
    policies: tuple[Policy, ...] = ("trained", "untrained", "random")
    tasks: dict[str, dict[Policy, Rate]] = {
        name: {policy: _rate(count) for policy, count in zip(policies, counts, strict=True)}
        for name, counts in _SUCCESSES.items()
    }
    overall = {policy: rate for policy in policies if (rate := pooled(tasks, policy)) is not None}
    digest = hashlib.sha256(b"made up").hexdigest()
    return Summary(
        sample=True,
        made_at="2026-01-02T15:04:05Z",
        machine=Machine(system="Debian 12", processor="an imaginary processor", cores=2, memory_bytes=8_000_000_000),
        versions={"handiwork": "0.1.0", "python": "3.11.2", "chromium": "156.0", "torch": "2.13"},
        tasks=tasks,
        overall=overall,
        leaks=0,
        recorder=RecorderCost(
            cpu_share=0.0213, peak_memory_bytes=71_300_000, bytes=11_840_000, events=48_213, lost=0, seconds=1503.0
        ),
        skips={
            "not on the allow-list": 6120,
            "password field": 412,
            "page in transition": 388,
            "sign-in page": 251,
            "paused by the person": 97,
            "detector timed out": 2,
        },
        segments=12,
        steps=1204,
        events={
            "moved": 31_822,
            "observed": 7410,
            "acted": 4102,
            "button": 2408,
            "frame": 1466,
            "typed": 512,
            "key": 240,
            "note": 240,
            "foreground": 13,
        },
        cuts={"content": 214, "email": 61, "person name": 48, "phone": 22, "card": 3},
        masked_share=0.143,
        audit=Audit(planted=23, files=418, bytes=52_300_000),
        consent=ConsentShown(
            consent_id=digest[:32],
            participant=digest[32:48],
            notice_digest=digest[::-1],
            policy_name="practice desk",
            policy_digest=digest,
            purposes=("agent-training",),
            accepted_at="2026-01-02T14:21:40Z",
        ),
        log=LogShown(
            origin="hub.example/handiwork",
            entries={"consent": 1, "segment": 12, "release": 23, "withdrawal": 1},
            checkpoint="hub.example/handiwork\n37\nkq0m4uJ9c2hFq1rXoZ7S0R9eE8m1sXo2Yx0q3mVb7uA=\n\n"
            "— hub.example/handiwork 0c8Fq2Zp1nD6…",
            proof=_proof(),
        ),
        dataset=DatasetShown(
            rows=1204,
            episodes=320,
            shards=1,
            bytes=9_400_000,
            people=1,
            purpose="agent-training",
            actions={"click": 861, "type": 228, "select": 80, "hotkey": 31, "scroll": 4},
            refused={"withdrawn": 1},
            flagged={"cut text": 9},
        ),
        example=ExampleStep(
            goal='Choose "Ida" from the list and click Submit.',
            action='select "Ida"',
            target="combobox, no name",
            elements=9,
            shot=Shot(width=480, height=300, words="a page with a list", mark=Marked(x=40, y=118, w=170, h=30)),
        ),
        training=Training(
            samples=1083,
            parameters=262_914,
            seconds=118.0,
            split="episode",
            curve=tuple(
                CurvePoint(epoch=i, loss=2.1 / i, accuracy=1 - 0.8 / i**0.9, held_out=0.93 - 0.72 / i**0.95)
                for i in range(1, 41)
            ),
            left_out={"typed words not in the goal": 18, "cut text": 9, "target not observed": 4},
        ),
        film=FilmShown(
            task="login-user",
            goal='Enter the username "vina" and the password "Ub" and press Login.',
            success=True,
            shots=tuple(
                Shot(width=320, height=360, words=words, mark=mark)
                for words, mark in (
                    ('type "vina"', Marked(x=30, y=110, w=220, h=28)),
                    ('type "Ub"', Marked(x=30, y=180, w=220, h=28)),
                    ('click "Login"', Marked(x=30, y=236, w=90, h=32)),
                    ("done", None),
                )
            ),
        ),
        withdrawal=Withdrawn(segments=1, rows_removed=96, checkpoints_quarantined=1, log_index=36),
        durations={"recording": 1503, "sealing and upload": 4, "dataset": 21, "training": 118, "evaluation": 884},
        limits=("This run is a sample: its figures were made up to try out the page.",),
    )


def pictures() -> Pictures:
    """Drawn, not taken."""
    return Pictures(example=_drawn(480, 300, 1), film=tuple(_drawn(320, 360, stage) for stage in range(4)))


def _drawn(width: int, height: int, stage: int) -> bytes:
    image = Image.new("RGB", (width, height), "#ffffff")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width, 64), fill="#f2efd8")
    for row, length in enumerate((0.8, 0.55)):
        pen.rectangle((20, 16 + row * 20, 20 + int(width * length), 28 + row * 20), fill="#8d8a80")
    for row, y in enumerate((110, 180)):
        pen.rectangle((30, y, 250, y + 28), outline="#777777", fill="#ffffff")
        if stage > row:
            pen.rectangle((38, y + 8, 110 - 30 * row, y + 20), fill="#4a4a4a")
    pen.rectangle((30, 236, 120, 268), fill="#dddddd" if stage < 3 else "#9ccc9c", outline="#777777")
    pen.rectangle((52, 247, 98, 258), fill="#333333")
    held = io.BytesIO()
    image.save(held, "WEBP", lossless=True)
    return held.getvalue()
