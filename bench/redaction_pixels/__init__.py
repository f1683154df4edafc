# SPDX-License-Identifier: Apache-2.0
"""What of rendered pages stays to be seen, and what reading the screen costs, beside rapidocr (about five minutes)."""

from bench.report import Report, at_least, at_most


def measure() -> Report:
    """Hidden and readable shares on the test pages, CPU of a frame, memory; rapidocr's defaults in the same run."""
    from bench.redaction_pixels import cost, peer, test_pages
    from bench.redaction_pixels.hidden import count
    from bench.redaction_pixels.page import rendered
    from handiwork.adapters.ocr import PaddleOcr

    pages = [rendered(name, markup) for name, markup in test_pages.pages()]
    ocr = PaddleOcr()
    balanced, interface = count(pages, ocr, "balanced"), count(pages, ocr, "interface")
    screen = cost.screen()
    frames, memory = cost.frames(screen, ocr), cost.memory()
    theirs = peer.full_frame(screen)
    return Report(
        bench="redaction_pixels",
        figures={
            "items": float(sum(n for kind, n in balanced.there.items() if kind)),
            "interface_words": float(balanced.there[""]),
            **{f"hidden_at_balanced.{kind}": n / balanced.there[kind] for kind, n in balanced.right.items() if kind},
            **{f"{what}_cpu_ms": ms for what, ms in frames.items()},
            "pss_mb": memory,
        },
        peers={"rapidocr_full_frame_cpu_ms": theirs},
        ratios={"rapidocr_to_window_switch": theirs / frames["window_switch"]},
        targets={
            "hidden_at_balanced": at_least(0.99, balanced.hidden()),
            "hidden_at_interface": at_least(1.0, interface.hidden()),
            "readable_at_balanced": at_least(0.95, balanced.readable()),
            "readable_at_interface": at_least(0.97, interface.readable()),
            **{f"{what}_cpu_ms": at_most(budget, frames[what]) for what, budget in cost.BUDGETS.items()},
            "pss_mb": at_most(300.0, memory),
        },
    )
