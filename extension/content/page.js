// SPDX-License-Identifier: Apache-2.0
// The part that lives in an allowed page (top document only): watches for change, sends a snapshot once things are
// quiet and before each action, and nothing else. Starts asleep; the service worker wakes it with the site that allows
// it, and when the connection goes, every listener goes with it. Leaves no trace in the page's own tree.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const QUIET = 50; // milliseconds without change before a look
  const STILL = 2000; // milliseconds after the last look or question until it asks itself whether anything has changed without a word
  const APART = 100; // milliseconds between two that deeds bring
  const LONGEST_WAIT = 200; // milliseconds a look may be put off by continuous change
  const HELD_UP = 300; // milliseconds: a look that comes so long after a change was put off by a page that was busy
  const COST_SHARE = 8; // quiet time is at least this many times what a look costs
  const DEEP = { subtree: true, childList: true, attributes: true, characterData: true };
  const CHANGING = ["scroll", "resize", "input", "focusout", "blur", "focus", "load", "toggle", "transitionend", "animationend", "wheel", "pointerover", "readystatechange", "fullscreenchange", "reset"];
  const ACTING = ["pointerdown", "pointerup", "keydown", "click", "focusin", "change", "submit", "compositionstart", "compositionupdate", "compositionend", "copy", "cut", "paste"];
  const SOFT = new Set(["keydown", "pointerup", "copy", "compositionstart", "compositionupdate", "compositionend"]); // at most a value
  const NOTHING = { elements: [], indexOf: new Map(), truncated: false, focused: null };

  const wall = () => Date.now();

  class Page {
    constructor() {
      this.viewport = new handiwork.Viewport();
      this.hands = new handiwork.Hands(this);
      this.observer = new MutationObserver((records) => this.#mutated(records));
      this.stopping = new AbortController();
      this.latest = NOTHING;
      this.opened = []; // what has come up since the last look
      this.account = new handiwork.Account();
      this.openings = new handiwork.Openings();
      this.lists = new handiwork.OpenList(this);
      this.order = null; // the rules and denials of this origin
      this.watched = new WeakSet();
      this.rule = -1;
      this.site = ""; // of the rule that fits now; "" if none does
      this.sent = "";
      this.cost = 0;
      this.since = wall(); // since when the page is as it is
      this.firstChange = 0; // when it first changed after the last snapshot; 0 if it did not
      this.isHard = false; // whether more has changed than the content of a field
      this.still = null; // what was told last, to see whether it lasts
      this.knownAt = wall(); // when it last was surely as told
      this.heldUp = 0; // when it last came to itself after being too busy to be looked at: before, it may have shown anything
    }

    start() {
      this.port = chrome.runtime.connect({ name: "page" });
      this.port.onMessage.addListener((message) => this.#told(message));
      this.port.onDisconnect.addListener(() => this.stop());
    }

    stop() {
      this.#shut();
      this.order = null;
      this.stopping.abort();
      this.observer.disconnect();
      clearTimeout(this.timer);
      clearInterval(this.asking);
      this.port?.disconnect();
      this.port = null;
    }

    #told({ order, zoom, look, ask }) {
      if (zoom !== undefined) this.viewport.zoom = zoom;
      if (order !== undefined) {
        this.order = order;
        this.#watch(document);
        this.asking ??= setInterval(() => wall() - this.knownAt >= STILL && this.#ask(), STILL);
      }
      if (look !== undefined) this.#answer(look);
      if (ask !== undefined) this.#vouch(ask);
    }

    /** A snapshot for the service worker, once what there is now has surely been drawn. */
    #answer(look) {
      const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => this.#answerNow(look)));
      if (document.readyState !== "loading") return drawn();
      document.addEventListener("DOMContentLoaded", drawn, { once: true, signal: this.stopping.signal });
    }

    #answerNow(look) {
      this.since = Math.max(this.since, wall());
      this.firstChange ||= this.since;
      this.isHard = true;
      this.look(look);
    }

    #mutated(records) {
      this.changed(true);
      if (this.site && !this.account.stands()) this.look(0); // another account: not a moment more of this page
      for (const record of records) record.addedNodes.forEach((node) => this.reach?.search(node));
    }

    #watch(root) {
      if (this.watched.has(root)) return;
      this.watched.add(root);
      this.observer.observe(root, DEEP);
      const options = { capture: true, passive: true, signal: this.stopping.signal };
      const target = root.defaultView ?? root;
      for (const type of CHANGING)
        target.addEventListener(type, (event) => this.#effect(event), options);
      for (const type of ACTING) target.addEventListener(type, (event) => this.#acted(type, event, root), options);
    }

    #effect(event) {
      if (event.type === "load" && event.target.nodeType === Node.ELEMENT_NODE) this.reach?.search(event.target);
      this.changed(event.type !== "input" && event.type !== "pointerover");
    }

    #acted(type, event, root) {
      if (!(event.isTrusted || type === "compositionend") || !this.site || event.composedPath()[0]?.getRootNode?.() === undefined) return;
      if (root.nodeType !== Node.DOCUMENT_NODE && event.composed) return; // seen at the document already
      if (wall() - this.knownAt >= APART) this.#ask();
      const isEffect = type === "focusin" || type === "change"; // the page has changed already; else it may soon
      if (isEffect) this.changed(type === "focusin");
      this.hands[type](event);
      if (!isEffect) this.changed(!SOFT.has(type));
    }

    /** Something may have changed just now. */
    changed(isHard) {
      if (!this.order) return;
      this.since = wall();
      this.firstChange ||= this.since;
      this.isHard ||= isHard;
      const quiet = Math.min(LONGEST_WAIT, Math.max(QUIET, this.cost * COST_SHARE));
      const latest = this.firstChange + Math.max(LONGEST_WAIT, quiet) - wall();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(0), Math.max(0, Math.min(quiet, latest)));
    }

    /** The recorder has a picture: tells what has changed, if anything has, and then answers. No answer, no picture. */
    #vouch(question) {
      if (this.firstChange) {
        // Before what was announced, something else may have changed without a word, and be in the picture.
        this.firstChange = Math.min(this.firstChange, this.knownAt);
        this.look(0);
      } else this.#ask();
      if (this.isTelling) this.tellAt("vouched", wall(), { question, since: this.heldUp });
    }

    /** Looks at once if something has changed without a word, at some time since it was known not to have. */
    #ask() {
      if (!this.isTelling || this.firstChange) return;
      const now = wall();
      if (this.still.lasts(this.reach.roots())) return void (this.knownAt = now);
      [this.since, this.firstChange] = [now, Math.max(this.knownAt, this.since)];
      this.look(0);
    }

    /** Whether nothing is told of this page now: it fits no rule, or is sensitive, or has not been looked at. */
    get isSilent() {
      return this.latest === NOTHING;
    }

    get isTelling() {
      return Boolean(this.site) && !this.isSilent && document.visibilityState === "visible";
    }

    /** Brings `latest` up to date if anything may have changed. */
    refresh() {
      if (this.firstChange) this.look(0);
    }

    /** Before a key, typing alone is no reason to look again: the field's new value is told when it is quiet. */
    refreshBeforeKey() {
      if (this.isHard) this.look(0);
    }

    /** Looks at the page, and sends what it shows if that is news or if `answer` names a question. */
    look(answer) {
      clearTimeout(this.timer);
      if (!this.order || document.visibilityState !== "visible" || document.prerendering || !document.body) return;
      if (!this.#fits()) return this.#lose(answer);
      const began = performance.now();
      this.knownAt = wall();
      if (this.firstChange && this.knownAt - this.firstChange > HELD_UP) this.heldUp = this.knownAt;
      const page = this.#snapshot();
      this.cost = performance.now() - began;
      const [since, changed] = [this.since, this.firstChange || this.since];
      this.firstChange = 0;
      this.isHard = false;
      if (!page) return this.#lose(answer);
      const text = JSON.stringify(page);
      if (text !== this.sent || answer) {
        this.sent = text;
        this.port.postMessage({ page: { ...page, time: since, changed }, answer });
      }
      for (const opened of this.opened) this.tellAt("opened", since, opened);
    }

    /** Finds the first rule that address and account fit. Frames are looked into for that rule's site only. */
    #fits() {
      const rule = handiwork.rulesOf(this.order, location.href).find((one) => this.account.fits(one));
      if (!rule) return false;
      if (this.rule !== rule.rule || this.site !== rule.site) {
        [this.rule, this.site] = [rule.rule, rule.site];
        this.reach = new handiwork.Reach(rule.site, (root) => this.#watch(root));
        this.openings.forget();
      }
      return true;
    }

    #lose(answer) {
      const wasOpen = this.site !== "";
      const since = this.firstChange || this.since;
      this.#shut();
      if (wasOpen || answer) this.port.postMessage({ lost: true, since, answer });
    }

    /** Forgets what was seen; listeners stay, since the page may come to fit again. */
    #shut() {
      [this.site, this.rule, this.latest, this.sent, this.opened] = ["", -1, NOTHING, "", []];
      [this.firstChange, this.isHard] = [0, false];
      this.account.forget();
      this.openings.forget();
      this.lists.stop();
    }

    #snapshot() {
      const place = this.viewport.place();
      if (!place) return null;
      const sensitive = this.#inspect(place);
      if (sensitive) this.latest = NOTHING;
      this.opened = sensitive ? [] : this.openings.news(place, this.reach.roots());
      if (sensitive) this.openings.forget();
      const viewport = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      return {
        rule: this.rule,
        url: sensitive ? this.site : location.href,
        title: sensitive ? "" : document.title.slice(0, 400),
        bounds: handiwork.toRoot(place, viewport),
        scale: place.scale,
        elements: this.latest.elements,
        // While the keyboard is in the browser's own controls (the address bar), no element of the page has it.
        focused: (document.hasFocus() ? this.latest.indexOf.get(this.latest.focused) : undefined) ?? -1,
        truncated: this.latest.truncated,
        sensitive,
      };
    }

    /** Looks, and says why nothing may be told of it. A look may come upon new roots; then it is repeated. */
    #inspect(place) {
      let [known, sensitive] = [0, ""];
      while (!sensitive && known !== this.reach.known.size) {
        const roots = this.reach.roots();
        known = roots.length;
        sensitive = this.#whySensitive(roots);
        if (!sensitive) this.latest = handiwork.scan(place, this.site, this.reach);
      }
      this.still = sensitive ? null : new handiwork.Stillness(this.latest);
      return sensitive;
    }

    #whySensitive(roots) {
      if (handiwork.isForeignFrame(handiwork.focusedIn(document, this.site), this.site)) return "foreign frame";
      return handiwork.sensitiveReason(roots);
    }

    /** Sends what the person did. On a sensitive page `latest` is empty, so there is no element to tell of. */
    tell(kind, event, what) {
      this.tellAt(kind, handiwork.wallOf(event), what);
    }

    tellAt(kind, time, what) {
      this.port?.postMessage({ done: { kind, time: Math.round(time), ...what } });
    }
  }

  handiwork.page?.stop();
  handiwork.page = new Page();
  handiwork.page.start();
}
