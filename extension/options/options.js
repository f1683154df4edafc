// SPDX-License-Identifier: Apache-2.0
// The person's view of the extension: whether a recorder listens, what it may be told, and the profile's label.
// Asks the service worker what is so, once a second while it can be seen; shows that and nothing else.
import { chooseProfile, onProfileChange, readProfile } from "../profile.js";

const at = (id) => document.getElementById(id);
const EVERY = 1000; // milliseconds

const cell = (text, isAny) => {
  const made = document.createElement("td");
  made.textContent = text;
  made.classList.toggle("any", isAny);
  return made;
};

const row = ({ site, account, profile }, label) => {
  const made = document.createElement("tr");
  made.append(cell(site, false), cell(account || "any", !account), cell(profile || "any", !profile));
  made.classList.toggle("elsewhere", Boolean(profile) && profile !== label);
  return made;
};

const item = (text) => {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
};

const wordsFor = ({ connected, rules }) => {
  if (!connected) return ["off", "No recorder is running on this computer. Nothing of this browser is told to anyone."];
  if (!rules.length) return ["idle", "A recorder is connected, and allows nothing now: it is paused, or waits for your agreement."];
  return ["listening", "A recorder is connected. Pages of the sites below may be recorded while its mark on your screen says so."];
};

let shown = "";

const show = async () => {
  if (document.hidden) return;
  const told = await chrome.runtime.sendMessage({ ask: "state" }).catch(() => null);
  const state = told ?? { connected: false, rules: [], denied: [] };
  const { label, managed } = await readProfile();
  const news = JSON.stringify([state.connected, state.rules, state.denied, label, managed]);
  if (news === shown) return;
  shown = news;
  const [name, words] = wordsFor(state);
  at("state").dataset.state = name;
  at("words").textContent = words;
  at("none").hidden = state.rules.length > 0;
  at("allowed").hidden = state.rules.length === 0;
  at("allowed").tBodies[0].replaceChildren(...state.rules.map((rule) => row(rule, label)));
  at("denied").hidden = state.denied.length === 0;
  at("denied").querySelector("ul").replaceChildren(...state.denied.map(item));
  at("managed").hidden = !managed;
  for (const part of at("form").elements) part.disabled = managed;
  if (document.activeElement !== at("label")) at("label").value = label;
};

at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await chooseProfile(at("label").value);
  at("saved").textContent = at("label").value.trim() ? "Saved, in this browser only." : "This profile has no name now.";
});
onProfileChange(show);
document.addEventListener("visibilitychange", show);
setInterval(show, EVERY);
show();
