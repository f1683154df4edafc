// SPDX-License-Identifier: Apache-2.0
// Which page the person sees in the focused window of this browser, and whether that is certain. The one place that
// decides what may be sent: pages report here, and only the settled page of an allowed site is passed on.
import "./content/sites.js";
import { inject } from "./watch.js";

const { rulesOf } = globalThis.handiwork;

const NOWHERE = [0, 0, 0, 0];
const SWITCH_LAG = 100; // milliseconds by which news of a switch of tab or window may come late
const PATIENCE = [150, 1000]; // milliseconds after which an unsettled view is looked at again: first, and from then on

/** The kinds of windows that hold pages; developer tools are none of them. */
export const WINDOW_TYPES = ["normal", "popup", "app"];

export class Shown {
  /** `send(message)` goes to the recorder. */
  constructor(send) {
    this.send = send;
    this.order = { rules: [], denied: [] }; // rules: {rule, site, account...}; rule is the recorder's own number
    this.pages = new Map(); // tab id -> port of the page script in its top document
    this.moving = new Set(); // tabs on their way to another page, where the browser doesn't say so of the tab itself
    this.turns = 0; // counts switches and navigations; an answer to an earlier turn is void
    this.tabId = -1; // the tab in front, and its window
    this.windowId = -1;
    this.window = NOWHERE;
    this.scale = 1;
    this.settled = null; // {port, rule} of the page whose reports are passed on
    this.refused = null; // port of the page in front that no rule fits, though its site is listed: another account
    this.leaving = null; // the page settled before, and until when what it reports still counts
    this.last = "";
  }

  /** The recorder's list has changed. */
  allow(order) {
    this.order = order;
    this.refused = null;
    this.settled = this.leaving = null;
    this.last = "";
    for (const port of this.pages.values()) this.#admit(port);
    this.turn(Date.now());
  }

  /** A page script asks to be let in. Anything but the live top document of an allowed page is sent away. */
  connect(port) {
    const { id, tab, frameId, documentLifecycle } = port.sender;
    if (id !== chrome.runtime.id || !tab || frameId !== 0 || tab.incognito) return port.disconnect();
    if (documentLifecycle && !["active", "prerender"].includes(documentLifecycle)) return port.disconnect();
    port.onDisconnect.addListener(() => this.#gone(port));
    port.onMessage.addListener((message) => this.#heard(port, message));
    this.pages.set(tab.id, port);
    if (!this.#admit(port)) return;
    if (tab.id === this.tabId) this.turn(Date.now());
  }

  #admit(port) {
    const tabId = port.sender.tab.id;
    if (!rulesOf(this.order, port.sender.url).length) {
      this.pages.delete(tabId);
      port.disconnect();
      return false;
    }
    this.#tellZoom(port, { order: sameOrigin(this.order, port.sender.url) });
    return true;
  }

  async #tellZoom(port, message) {
    const zoom = await chrome.tabs.getZoom(port.sender.tab.id).catch(() => undefined);
    try {
      port.postMessage({ ...message, zoom });
    } catch {
      this.#gone(port); // it left while the zoom was being asked for
    }
  }

  zoomed(tabId) {
    const port = this.pages.get(tabId);
    if (port) this.#tellZoom(port, {});
    this.navigated(tabId, Date.now());
  }

  #gone(port) {
    const tabId = port.sender.tab.id;
    if (this.pages.get(tabId) !== port) return;
    this.pages.delete(tabId);
    if (this.settled?.port === port || this.refused === port) this.turn(Date.now());
  }

  /** The tab in front may be moving on: uncertain from `since` until its page has been seen. */
  navigated(tabId, since) {
    if (tabId === this.tabId || this.tabId < 0) this.turn(since);
  }

  /** Another tab or window comes to the front. The news comes a little late, so it counts from a little earlier. */
  switched() {
    this.turn(Date.now() - SWITCH_LAG);
  }

  /** Everything is uncertain from `since`; then find out what is in front now. */
  turn(since) {
    this.turns += 1;
    if (this.settled) this.leaving = { ...this.settled, until: since };
    this.settled = this.refused = null;
    this.#tellTab(since, -1, "", false);
    this.#find(this.turns, 0);
  }

  async #find(turn, attempt) {
    clearTimeout(this.timer);
    const front = await frontTab();
    if (turn !== this.turns) return;
    this.tabId = front ? front.tab.id : -1;
    this.windowId = front ? front.window.id : -1;
    this.#measure(front?.window);
    const port = front && this.pages.get(front.tab.id);
    const isListed = Boolean(front) && rulesOf(this.order, front.tab.url).length > 0;
    const isMoving = Boolean(front?.tab.pendingUrl) || this.moving.has(front?.tab.id);
    if (!isListed && !isMoving) return this.#tellTab(Date.now(), -1, "", true);
    if (isListed && !isMoving) {
      if (port) this.#post(port, { look: turn });
      else if (attempt) inject(front.tab.id, this.order); // a page that came back from the history has lost its script
    }
    const again = () => turn === this.turns && !this.settled && !this.refused && this.#find(turn, attempt + 1);
    this.timer = setTimeout(again, PATIENCE[Math.min(attempt, 1)]);
  }

  /** The recorder has taken a picture: is the page in front as it was told? */
  ask(question) {
    if (this.settled) this.#post(this.settled.port, { ask: question });
  }

  #post(port, message) {
    try {
      port.postMessage(message);
    } catch {
      this.#gone(port);
    }
  }

  #measure(window) {
    this.window = this.#boxOf(window);
  }

  #boxOf(window) {
    const box = window ? [window.left, window.top, window.width, window.height] : NOWHERE;
    return box.map((part) => Math.round(part * this.scale));
  }

  /** Whether the window in front has moved; if so, all is uncertain from now on. */
  async measureAgain() {
    if (!this.settled) return;
    const [turn, window] = [this.turns, await chrome.windows.get(this.windowId).catch(() => undefined)];
    if (window && turn === this.turns && String(this.#boxOf(window)) !== String(this.window)) this.turn(Date.now());
  }

  #heard(port, { page, done, lost, since, answer }) {
    if (this.pages.get(port.sender.tab.id) !== port) return;
    if (lost) return this.#lost(port, since, answer);
    if (page) this.#seen(port, page, answer);
    if (done) this.#passDone(port, done);
  }

  /** A page says that no rule fits it any more (from `since` on), or, asked, that none does. */
  #lost(port, since, answer) {
    if (this.settled?.port === port) return this.turn(Math.min(since, Date.now()));
    if (answer !== this.turns || port.sender.tab.id !== this.tabId) return;
    this.refused = port;
    this.#tellTab(Date.now(), -1, "", true);
  }

  /** A page's snapshot: settles the view if it answers the present turn, and is passed on if the view is settled. */
  #seen(port, page, answer) {
    const { scale, rule, ...rest } = page;
    if (!rulesOf(this.order, page.url).some((one) => one.rule === rule)) return;
    if (this.refused === port) return this.turn(Date.now()); // it fits now: ask it again
    const isAnswer = answer === this.turns && !this.settled && port.sender.tab.id === this.tabId;
    const wasThen = this.leaving?.port === port && page.time <= this.leaving.until;
    if (this.settled?.port !== port && !isAnswer && !wasThen) return;
    if (scale !== this.scale) this.#rescale(scale);
    this.send({ kind: "page", rule, window: this.window, ...rest });
    if (wasThen && !isAnswer && this.settled?.port !== port) return;
    if (isAnswer || this.settled.rule !== rule || this.settled.url !== page.url) {
      this.settled = { port, rule, url: page.url };
      this.#tellTab(Math.max(page.time, Date.now()), rule, page.url, true);
    }
  }

  #rescale(scale) {
    this.window = this.window.map((part) => Math.round((part / this.scale) * scale));
    this.scale = scale;
  }

  /** What was done counts if its page is settled, or was when it happened (a click that leads away is told late). */
  #passDone(port, done) {
    const isNow = this.settled?.port === port;
    const wasThen = this.leaving?.port === port && done.time <= this.leaving.until;
    if (!isNow && !wasThen) return;
    this.send({ rule: (isNow ? this.settled : this.leaving).rule, ...done });
  }

  /** For the options page: whether the page in front may be recorded, and that it can't if its account doesn't fit. */
  front() {
    if (this.settled) return "allowed";
    return this.refused ? "another account" : "not allowed";
  }

  #tellTab(time, rule, url, settled) {
    const focused = this.tabId >= 0;
    const window = focused ? this.window : NOWHERE;
    const news = JSON.stringify([rule, url, settled, focused, window]);
    if (news === this.last) return;
    this.last = news;
    this.send({ kind: "tab", time: Math.round(time), rule, url, settled, focused, window });
    this.#badge(rule);
  }

  /** The toolbar button says so while the page in front is being watched. */
  #badge(rule) {
    chrome.action.setBadgeText({ text: rule >= 0 ? "●" : "" });
    const words = rule >= 0 ? "this page is allowed to be recorded" : "this page is not being recorded";
    chrome.action.setTitle({ title: `Handiwork: ${words}` });
  }
}

/** The active tab of the focused window, or null: none of this browser's windows is in front, or it is private. */
const frontTab = async () => {
  const window = (await chrome.windows.getAll({ populate: true, windowTypes: WINDOW_TYPES })).find((one) => one.focused && !one.incognito);
  const tab = window?.tabs.find((one) => one.active);
  return tab ? { window, tab } : null;
};

/** What a page needs to know: the rules and denials of its own origin. A page may move between them without loading. */
const sameOrigin = ({ rules, denied }, address) => {
  const { origin } = new URL(address);
  const isHere = (site) => new URL(site).origin === origin;
  return { rules: rules.filter(({ site }) => isHere(site)), denied: denied.filter(isHere) };
};
