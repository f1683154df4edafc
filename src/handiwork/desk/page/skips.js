// SPDX-License-Identifier: Apache-2.0
// What was not kept: each reason of the ledger in a sentence, and how often it held. Reasons and counts; no content.

import { $, make } from "/parts.js";

const WHY = {
  "unlisted app": "A program that is not on your list was in front.",
  "unlisted site": "A site that is not on your list was in front, or another account or browser profile than the list names.",
  "unlisted window": "A window whose title your list does not name was in front.",
  "uncertain role": "It was not known whether the keyboard was in a part that your policy keeps out.",
  "policy changed": "The policy was being changed; what waited to be judged was dropped.",
  payment: "A page asked for a card, or showed a payment service.",
  "uncertain site": "The browser could not say for certain which site was in front.",
  "private windows not ruled out":
    "This browser lacks the extension, and its private windows look like others. Install the extension.",
  "account or profile not told": "This browser lacks the extension, which alone tells account and profile. Install it.",
  "browser of unknown origin": "This browser lacks the extension, and nothing else can tell its sites. Install it.",
  "unknown app": "The window did not say which program it belongs to.",
  "denied by rule": "Your policy says never to record this.",
  "password field": "A password field had the keyboard.",
  "sign-in": "A sign-in page was shown.",
  transition: "Something was changing at that moment, so it could not be told apart for certain.",
  paused: "You had paused.",
  locked: "The screen was locked.",
  suspended: "The computer was asleep.",
  "outside hours": "It was outside your working hours.",
  "password manager": "A program that keeps passwords was in front.",
  "password prompt": "A program that asks for passwords on others' behalf was in front.",
  "no fresh picture": "After something secret, nothing is kept until a new, whole picture is.",
  "over budget": "Recording had become too dear for your computer, so this was left out.",
  starting: "The recorder was only just starting.",
};

export function showSkips(view) {
  const most = Math.max(1, ...view.skips.map((skip) => skip.total));
  const list = make("ul", { class: "bars" }, ...view.skips.map((skip) => make("li", {},
    make("strong", { text: skip.reason }), make("meter", { min: 0, max: most, value: skip.total }),
    make("span", { class: "count", text: skip.total.toLocaleString() }),
    make("small", { text: WHY[skip.reason] ?? "" }),
    make("small", { class: "streams", text: Object.entries(skip.streams).map(([name, n]) => `${name} ${n.toLocaleString()}`).join(" · ") }))));
  $("skips").replaceChildren(view.skips.length ? list : make("p", { class: "empty", text: "Nothing was skipped yet." }));
}
