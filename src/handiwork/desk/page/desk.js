// SPDX-License-Identifier: Apache-2.0
// The desk's page. Everything shown is set as text, never as markup: recorded words can't become code.

import { fillMasked, listenToMasked, showMasked } from "/masked.js";
import { $, button, bytes, clock, count, day, get, inWords, make, post, site, span, words } from "/parts.js";
import { showReceipts } from "/receipts.js";
import { showSkips } from "/skips.js";

// State

const STATES = {
  recording: ["Recording, in the programs on your list", "The mark at the top of your screen shows it too. Press the Pause key to stop at once."],
  paused: ["Paused", "Nothing is recorded until you go on."],
  "out of scope": ["Looking away", "What is in front now is not on your list, so nothing of it is kept."],
  "sign-in": ["Looking away from a sign-in", "Passwords and sign-in pages are never recorded."],
  trouble: ["Something is wrong, so nothing is recorded", "The recorder stops rather than guess."],
  stopped: ["Not recording", ""],
};

function showState(view) {
  const { status, withdrawn, ended } = view;
  const kept = view.segments.filter((segment) => segment.state !== "deleted");
  let [title, detail] = STATES[status?.state ?? "stopped"] ?? STATES.trouble;
  if (!status) {
    detail = view.consent
      ? "No recorder is running. When you want to take part, start one with `handiwork record start`."
      : "You have no agreement in force, so nothing can be recorded.";
    if (ended && view.consent) {
      title = "Recording has ended by itself";
      detail = `${ended.what} Your data: ${ended.data} What to do: ${ended.do}`;
    }
  }
  if (withdrawn) {
    title = "You have withdrawn";
    detail = withdrawn.answered
      ? "Nothing is recorded any more, and the hub has signed that your data there is deleted."
      : "Nothing is recorded any more. The hub has not answered yet: withdraw again when it can be reached.";
  }
  $("state").textContent = title;
  $("state-detail").replaceChildren(...inline(detail));
  $("who").replaceChildren("To everyone else you are ", make("code", { text: view.participant }));
  const wish = !status || withdrawn ? null : status.state === "paused" ? "resume" : "pause";
  $("state-actions").replaceChildren(...(wish ? [button(wish === "pause" ? "Pause recording" : "Go on recording", "solid",
    async () => { await post(`/api/recorder/${wish}`); await refresh(); })] : []));
  figures({ "stretches of work kept": kept.length.toLocaleString(), "sealed on this computer": bytes(kept.reduce((sum, one) => sum + one.size, 0)),
    "events skipped, unseen": view.skips.reduce((sum, skip) => sum + skip.total, 0).toLocaleString(),
    ...(view.receipts.length
      ? { "receipts, checked just now": `${view.receipts.filter((receipt) => receipt.holds).length} of ${view.receipts.length} hold` }
      : { "was ever uploaded": "Nothing" }) });
}

function figures(found) {
  $("figures").replaceChildren(...Object.entries(found).map(([name, value]) =>
    make("div", {}, make("dt", { text: name }), make("dd", { text: value }))));
}

// Segments

const BADGES = { open: "Being recorded", closed: "On this computer only", uploaded: "Here and at the hub", deleted: "Deleted here" };
const NOT_OPEN = { open: "Still being written. It can be opened when the recorder closes it.", deleted: "Deleted. Only this line is left." };

function showCards(view) {
  const alive = view.segments.filter((segment) => segment.state !== "deleted");
  const gone = view.segments.length - alive.length;
  $("delete-all").hidden = alive.length === 0;
  const uploaded = new Set(view.receipts.map((receipt) => receipt.segment));
  const nodes = alive.map((segment) => card(segment, uploaded));
  if (!alive.length) nodes.push(make("p", { class: "empty", text: "Nothing is kept on this computer." }));
  if (gone) nodes.push(make("p", { class: "empty", text: `${count(gone, "deleted stretch", "deleted stretches")} of work: only an empty header is left of ${gone === 1 ? "it" : "each"}.` }));
  $("cards").replaceChildren(...nodes);
}

function card(segment, uploaded) {
  const film = make("div", { class: "film" }, make("p", { text: NOT_OPEN[segment.state] ?? "Opening…" }));
  const badge = make("span", { class: `badge ${segment.state}`, text: BADGES[segment.state] });
  const title = make("h3", { text: segment.state === "open" ? "Now" : "…" });
  const when = make("p", { class: "when", text: new Date(segment.opened_at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) });
  const chips = make("div", { class: "chips" });
  const facts = make("p", { class: "facts", text: bytes(segment.size) });
  const open = button("See what is in it", "", () => replay(segment.id, title.textContent, when.textContent));
  open.disabled = true;
  const remove = button("Delete", "quiet danger", () => ask({
    title: "Delete this stretch of work?",
    text: uploaded.has(segment.id)
      ? "Its bytes and its key are overwritten on this computer. The sealed copy at the hub stays until you withdraw your agreement."
      : "Its bytes and its key are overwritten on this computer. It was never uploaded, so nothing of it will be left anywhere.",
    yes: "Delete it", act: () => post(`/api/segments/${segment.id}/delete`),
  }));
  const node = make("article", { class: "card" }, make("div", { class: "still" }, film, badge),
    make("div", { class: "body" }, make("div", {}, title, when), chips, facts, make("div", { class: "foot" }, open, remove)));
  if (segment.state !== "open") waiting.push(() => fill(segment, { film, title, when, chips, facts, open }));
  return node;
}

async function fill(segment, { film, title, when, chips, facts, open }) {
  let told;
  try {
    told = await get(`/api/segments/${segment.id}/summary`);
  } catch (error) {
    title.textContent = "Can't be opened";
    film.replaceChildren(make("p", { text: error.what ?? "The desk does not answer." }));
    return;
  }
  const first = told.surfaces[0];
  told.cuts = Object.entries(told.cuts);
  title.replaceChildren(words(told.goals[0] || (first ? site(first[1]) || first[0] : "A short moment"), ""));
  when.textContent = `${day(told.begun)}, ${clock(told.begun)}, ${span(told.ended - told.begun)}`;
  chips.replaceChildren(...told.surfaces.slice(0, 4).map(([app, address]) => make("span", { class: "chip", text: site(address) || app })),
    told.cuts.length ? make("span", { class: "chip cut", text: `cut: ${told.cuts.map(([kind, n]) => (n > 1 ? `${kind} × ${n}` : kind)).join(", ")}` }) : "");
  facts.textContent = [count(told.steps, "step"), count(told.frames, "picture"), bytes(segment.size), told.recovered && "recovered after a stop"].filter(Boolean).join(" · ");
  const pictures = told.samples.map((place) => make("img", { src: `/api/segments/${segment.id}/frames/${place}/small`, alt: "Masked picture of the recorded window" }));
  for (const picture of pictures) picture.addEventListener("error", () => picture.remove());
  film.replaceChildren(...(pictures.length ? pictures : [make("p", { text: "No pictures were taken here." })]));
  open.disabled = false;
}

// One after the other: each segment is decrypted for its card, and only one at a time is held in memory.
let waiting = [];
async function fillCards() {
  const mine = waiting;
  for (const next of mine) {
    if (mine !== waiting) return;
    await next();
    await new Promise((done) => setTimeout(done, 0));
  }
}

async function replay(id, title, when) {
  $("replay-title").textContent = title;
  $("replay-when").textContent = when;
  $("timeline").replaceChildren(make("li", {}, make("span"), make("span"), make("p", { text: "Opening…" })));
  if (!$("replay").open) $("replay").showModal();
  const moments = await get(`/api/segments/${id}/timeline`);
  $("timeline").replaceChildren(...moments.map((moment) => line(id, moment)));
  $("replay").scrollTop = 0;
}

function line(id, moment) {
  const said = make("div", {}, make("span", { text: `${moment.verb} ` }), moment.words ? words(moment.words) : "",
    moment.detail ? make("div", { class: "detail" }, words(moment.detail, "")) : "");
  if (moment.frame >= 0) {
    const picture = make("img", { src: `/api/segments/${id}/frames/${moment.frame}/large`, loading: "lazy", alt: "Masked picture of the recorded window" });
    picture.addEventListener("error", () => picture.remove());
    said.append(picture);
  }
  return make("li", { class: moment.kind }, make("time", { text: clock(moment.t, true) }), make("span", { class: "dot" }), said);
}

// Agreement

function showConsent(view) {
  const { consent, withdrawn } = view;
  const rows = consent ? [["Accepted", new Date(consent.accepted_at).toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" })],
    ["For", consent.purposes.join(", ")], ["Policy", consent.policy_name], ["Version", String(consent.version)],
    ["Agreement", consent.consent_id, "id"], ["Notice", consent.notice_digest, "id"]]
    : withdrawn ? [["Withdrawn", new Date(withdrawn.at).toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" })],
      ["At the hub", withdrawn.answered ? `${count(withdrawn.segments, "segment")} deleted, keys destroyed` : "not answered yet"],
      ["Receipt", withdrawn.answered ? (withdrawn.holds ? "checked just now: it holds" : "does not hold") : "none yet"]] : [];
  const record = make("dl", { class: "record" }, ...rows.flatMap(([name, value, kind]) => [make("dt", { text: name }), make("dd", { text: value, class: kind ?? "" })]));
  const canWithdraw = consent || (withdrawn && !withdrawn.answered && view.hub);
  $("consent").replaceChildren(rows.length ? record : make("p", { class: "empty", text: "There is no agreement on this computer." }),
    canWithdraw ? button(consent ? "Withdraw my agreement…" : "Tell the hub again…", "danger", () => ask({
      title: "Withdraw your agreement?",
      text: `Recording ends at once. Everything recorded under it is deleted here${view.hub ? ", and at the hub, where its keys are destroyed. You get a receipt that anyone can check." : "."}\n\nA model that was already trained can't unlearn; it is listed and set aside.`,
      yes: "Withdraw", act: () => post("/api/withdraw"),
    })) : "");
  const changed = consent && !view.notice_is_agreed
    ? [make("p", { class: "problem", text: "These words are newer than the ones you accepted. Nothing is recorded under them until you accept them." })] : [];
  $("notice").replaceChildren(...changed, ...notice(view.notice));
  showScope(view.scope);
}

function showScope([policy, ...rules]) {
  const lines = rules.map((rule) => make("li", { text: rule, class: rule.startsWith("never: ") ? "never" : "" }));
  $("scope").replaceChildren(make("h3", { text: "What may be recorded now" }),
    ...(policy ? [make("p", { text: policy }), make("ul", { class: "scope" }, ...lines)]
      : [make("p", { class: "empty", text: "Nothing: there is no policy on this computer." })]));
}

// The notice is Markdown of a plain sort: headings, paragraphs, lists, bold, code.
function notice(text) {
  if (!text) return [make("p", { class: "empty", text: "No policy is installed, so there is no notice to read." })];
  return text.trim().split(/\n{2,}/).map((block) => {
    if (block.startsWith("#")) return make("h3", { text: block.replace(/^#+\s*/, "") });
    if (/^[-*] /.test(block)) return make("ul", {}, ...block.split(/\n(?=[-*] )/).map((item) => make("li", {}, ...inline(item.slice(2)))));
    return make("p", {}, ...inline(block));
  });
}

function inline(text) {
  return text.replace(/\s+/g, " ").split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((piece) =>
    piece.startsWith("**") ? make("strong", { text: piece.slice(2, -2) }) : piece.startsWith("`") ? make("code", { text: piece.slice(1, -1) }) : piece);
}

// Questions

function ask({ title, text, yes, act }) {
  $("ask-title").textContent = title;
  $("ask-text").textContent = text;
  $("ask-yes").textContent = yes;
  $("ask-problem").hidden = true;
  $("ask-yes").onclick = async () => {
    $("ask-yes").disabled = true;
    try {
      await act();
      $("ask").close();
    } catch (error) {
      $("ask-problem").textContent = inWords(error);
      $("ask-problem").hidden = false;
    }
    $("ask-yes").disabled = false;
    await refresh();
  };
  $("ask").showModal();
}

for (const node of document.querySelectorAll("[data-close]")) node.addEventListener("click", () => node.closest("dialog").close());
$("replay").addEventListener("click", (event) => { if (event.target === $("replay")) $("replay").close(); });
$("delete-all").addEventListener("click", () => ask({
  title: "Delete everything from this computer?",
  text: "All segments and their keys are overwritten here. What was uploaded stays at the hub until you withdraw your agreement.",
  yes: "Delete all", act: () => post("/api/delete-all"),
}));

listenToMasked(refresh);

async function refresh() {
  waiting = [];
  let view;
  try {
    view = await get("/api/overview");
  } catch (error) {
    $("state").textContent = "The desk is closed";
    $("state-detail").textContent = inWords(error);
    return;
  }
  showState(view);
  showCards(view);
  showSkips(view);
  showMasked(view);
  showConsent(view);
  showReceipts(view);
  await fillCards();
  await fillMasked(view);
  if (location.hash.startsWith("#segment-")) {
    const id = location.hash.slice(9);
    await replay(id, "A stretch of work", "");
  }
}

await refresh();
