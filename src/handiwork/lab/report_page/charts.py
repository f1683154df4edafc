# SPDX-License-Identifier: Apache-2.0
"""Charts in SVG. Places are per cent of the width, so that a chart fits a telephone and a wall without distortion;
all words stand outside, as text that can be read aloud. Knows no page.
"""

import math
from collections.abc import Mapping, Sequence

from handiwork.lab.report_page.figures import count, share
from handiwork.lab.report_page.markup import Markup, element, join
from handiwork.lab.summary import CurvePoint, Marked, Policy, ProofShown, Rate, Shot

POLICIES: tuple[Policy, ...] = ("trained", "untrained", "random")
_LANES: Mapping[Policy, int] = {"trained": 15, "untrained": 27, "random": 36}
_ROW = 44
_BEST, _WORST = 2.0, 98.0
"""Per cent of the width at which rates 1 and 0 lie: a dot at either end is not cut in half."""


def _across(rate: float) -> str:
    return f"{_BEST + rate * (_WORST - _BEST):.2f}%"


def rates_row(rates: Mapping[Policy, Rate]) -> Markup:
    """One task: a dot and its interval for each policy, on a common scale from 0 to 1."""
    marks = [
        element("line", class_="grid", x1=_across(x), x2=_across(x), y1=0, y2=_ROW) for x in (0, 0.25, 0.5, 0.75, 1)
    ]
    for policy in reversed(POLICIES):
        if policy in rates:
            marks += _interval(policy, rates[policy])
    said = "; ".join(
        f"{policy} {share(rate.rate)}, interval {share(rate.low)} to {share(rate.high)}"
        for policy, rate in rates.items()
    )
    return element("svg", *marks, class_="rates", width="100%", height=_ROW, role="img", aria_label=said)


def _interval(policy: Policy, rate: Rate) -> list[Markup]:
    y = _LANES[policy]
    shape = {"trained": 6.5, "untrained": 4, "random": 2.5}[policy]
    return [
        element("line", class_=f"interval {policy}", x1=_across(rate.low), x2=_across(rate.high), y1=y, y2=y),
        element("circle", class_=f"dot {policy}", cx=_across(rate.rate), cy=y, r=shape),
    ]


def rates_scale() -> Markup:
    """The numbers under the rows."""
    words = [element("text", share(x), x=_across(x), y=12, text_anchor=_anchor(x)) for x in (0, 0.25, 0.5, 0.75, 1)]
    return element("svg", *words, class_="scale", width="100%", height=16, aria_hidden="true")


def _anchor(x: float) -> str:
    return "start" if x == 0 else "end" if x == 1 else "middle"


def policy_key() -> Markup:
    """What the dots mean."""
    items = [
        element(
            "span",
            element("svg", *_interval_sample(policy), width=34, height=14, aria_hidden="true"),
            policy,
            class_="key",
        )
        for policy in POLICIES
    ]
    return element("p", *items, class_="keys")


def _interval_sample(policy: Policy) -> list[Markup]:
    radius = {"trained": 6, "untrained": 4, "random": 2.5}[policy]
    return [
        element("line", class_=f"interval {policy}", x1=2, x2=32, y1=7, y2=7),
        element("circle", class_=f"dot {policy}", cx=17, cy=7, r=radius),
    ]


def bars(counts: Mapping[str, int], accent: bool = False) -> Markup:
    """Counts by name, most first."""
    most = max(counts.values(), default=0) or 1
    rows = []
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        width = f"{max(number / most * 100, 0.4):.2f}%" if number else "0%"
        bar = element(
            "svg",
            element("rect", class_="bed", width="100%", height=9, y=3, rx=1),
            element("rect", class_="bar accent" if accent else "bar", width=width, height=9, y=3, rx=1),
            width="100%",
            height=15,
            aria_hidden="true",
        )
        rows.append(join([element("dt", name), element("dd", bar, element("span", count(number)))]))
    return element("dl", *rows, class_="bars")


def curve(points: Sequence[CurvePoint]) -> Markup:
    """Accuracy by epoch: on what was learned from, and on what was held out."""
    width, height = 600, 220
    first, last = points[0].epoch, max(points[-1].epoch, points[0].epoch + 1)

    def place(epoch: int, value: float) -> str:
        return f"{(epoch - first) / (last - first) * width:.1f},{height - value * height:.1f}"

    lines = [
        element("line", class_="grid", x1=0, x2=width, y1=y * height, y2=y * height) for y in (0, 0.25, 0.5, 0.75, 1)
    ]
    learned = " ".join(place(point.epoch, point.accuracy) for point in points)
    held = " ".join(place(p.epoch, p.held_out) for p in points if p.held_out is not None and math.isfinite(p.held_out))
    lines.append(element("polyline", class_="learned", points=learned))
    if held:
        lines.append(element("polyline", class_="held", points=held))
    plot = element(
        "svg", *lines, class_="curve", viewBox=f"0 0 {width} {height}", preserveAspectRatio="none", role="img",
        aria_label=_curve_words(points),
    )  # fmt: skip
    side = element(
        "div", *(element("span", share(y)) for y in (1, 0.75, 0.5, 0.25, 0)), class_="side", aria_hidden="true"
    )
    foot = element(
        "div", element("span", f"epoch {first}"), element("span", f"epoch {points[-1].epoch}"), class_="foot"
    )
    return element("div", side, plot, foot, class_="plot")


def _curve_words(points: Sequence[CurvePoint]) -> str:
    held = "" if points[-1].held_out is None else f", {share(points[-1].held_out)} on what was held out"
    return f"accuracy rises from {share(points[0].accuracy)} to {share(points[-1].accuracy)}{held}"


def proof_path(proof: ProofShown) -> Markup:
    """The way from a leaf up to the signed root: at each level the hash that is added, and on which side."""
    sides = _sides(proof)
    step, left, right = 46, 22, 176
    height = step * (len(sides) + 1) + 30
    marks: list[Markup] = []
    for level, side in enumerate(sides):
        y, above = height - 24 - level * step, height - 24 - (level + 1) * step
        x, sibling = (left, right) if side == "right" else (right, left)
        upper = left if level + 1 < len(sides) and sides[level + 1] == "right" else right
        upper = 99 if level + 1 == len(sides) else upper
        marks += [
            element("path", class_="way", d=f"M{x} {y} L{upper} {above}"),
            element("path", class_="given", d=f"M{sibling} {y} L{upper} {above}"),
            element("circle", class_="node own", cx=x, cy=y, r=6 if level == 0 else 4),
            element("circle", class_="node", cx=sibling, cy=y, r=4),
            element("text", proof.path[level][:8], x=sibling + 11, y=y + 4, class_="hash"),
        ]
        if level == 0:
            marks.append(element("text", proof.leaf[:8], x=x + 11, y=y + 4, class_="hash own"))
    top = height - 24 - len(sides) * step
    root_x = 99 if sides else left
    marks += [
        element("circle", class_="node own", cx=root_x, cy=top, r=7),
        element("text", f"root {proof.root[:8]}", x=root_x + 13, y=top + 4, class_="hash own"),
    ]
    said = f"leaf {proof.index} of {proof.size}, {len(proof.path)} hashes up to the signed root"
    return element("svg", *marks, class_="proof", viewBox=f"0 0 270 {height}", role="img", aria_label=said)


def _sides(proof: ProofShown) -> list[str]:
    """On which side each hash of the path is added (RFC 9162, 2.1.3.2)."""
    sides: list[str] = []
    position, last = proof.index, proof.size - 1
    for _ in proof.path:
        if position & 1 or position == last:
            sides.append("left")
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            sides.append("right")
        position, last = position >> 1, last >> 1
    return sides


_MARGIN = 70


def detail(shots: Sequence[Shot], least: tuple[int, int] = (420, 300)) -> Marked:
    """The part that all these pictures are shown by: what is marked, with a margin, at least so wide and high."""
    whole = Marked(x=0, y=0, w=min(shot.width for shot in shots), h=min(shot.height for shot in shots))
    marks = [shot.mark for shot in shots if shot.mark is not None]
    if not marks:
        return whole
    x, w = _span(min(m.x for m in marks), max(m.x + m.w for m in marks), least[0], whole.w)
    y, h = _span(min(m.y for m in marks), max(m.y + m.h for m in marks), least[1], whole.h)
    return Marked(x=x, y=y, w=w, h=h)


def _span(first: int, last: int, least: int, whole: int) -> tuple[int, int]:
    """Where the detail begins, and its length: `first` to `last` with a margin, `least` long, inside the whole."""
    length = min(whole, max(least, last - first + 2 * _MARGIN))
    return max(0, min((first + last - length) // 2, whole - length)), length


def picture(shot: Shot, uri: str, view: Marked) -> Markup:
    """The part of a picture that `view` names, with its mark drawn over it."""
    over: list[Markup] = []
    if shot.mark is not None:
        mark = shot.mark
        over = [
            element("rect", class_=layer, x=mark.x - 3, y=mark.y - 3, width=mark.w + 6, height=mark.h + 6, rx=4)
            for layer in ("halo", "mark")
        ]
    image = element("image", href=uri, width=shot.width, height=shot.height)
    box = f"{view.x} {view.y} {view.w} {view.h}"
    return element("svg", image, *over, class_="picture", viewBox=box, role="img", aria_label=shot.words)
