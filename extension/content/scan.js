// SPDX-License-Identifier: Apache-2.0
// One look at a page: its visible elements in document order, with bounds in root pixels. Decides nothing about what
// may be kept; `sensitive.js` was asked before. What is too long to be judged whole is left out, never cut in part.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const MOST_ELEMENTS = 200;
  const MOST_CHARACTERS = 100000;
  const LONGEST_TEXT = 4000;
  const SKIPPED = new Set(["script", "style", "template", "noscript", "head", "meta", "link", "title", "desc", "defs"]);
  const TICKS = new Set(["checkbox", "radio"]); // often drawn by their label, and themselves transparent
  const APART = new Set(["br", "label"]); // inline, yet what stands in them is no part of the sentence around them
  const CLOSED = new Set(["tr", "td", "th", "li", "p", "a", "button", "label", "dt", "dd", "pre", "option", "select", "svg"]);
  const FRAMES = new Set(["iframe", "frame", "fencedframe"]);
  const MOST_FRAMES = 20; // that are told of beyond the last element that there was room for
  const PLAIN = { checkVisibilityCSS: true, visibilityProperty: true };
  const CLEAR = { opacityProperty: true, checkOpacity: true };
  const OPAQUE = { ...PLAIN, opacityProperty: true, checkOpacity: true };

  const foreignFrames = (reach, site) =>
    reach.roots().flatMap((root) =>
      [...root.querySelectorAll("iframe,frame,fencedframe,object,embed")].filter((one) => handiwork.isForeignFrame(one, site)),
    );

  /** What holds the element in the top document: itself, or the frame that its document is in. */
  const outermost = (element) => {
    const view = element.ownerDocument.defaultView;
    return view && view !== window && view.frameElement ? outermost(view.frameElement) : element;
  };

  handiwork.Scan = class {
    /** `place` maps to root pixels, `site` is the allowed site, `focused` the element that has the keyboard. */
    constructor(place, site, focused, reach) {
      this.place = place;
      this.site = site;
      this.reach = reach; // is told of shadow trees and frames that are come upon
      this.focused = focused;
      this.elements = []; // [role, name, value, bounds, states, parent, label, hints]
      this.indexOf = new Map(); // drawn element -> index in `elements`
      this.run = null; // the run of plain text that is being gathered
      this.drawn = new Set(); // elements and texts that were told, to see whether they stay where they are
      this.asleep = []; // elements that may come to life as components
      this.characters = 0;
      this.truncated = false;
      this.moves = false; // whether something that says something is animated
      this.most = MOST_ELEMENTS;
    }

    /** Looks at a document whose viewport starts at (dx, dy) in the top viewport and shows through `hole` there. */
    document(doc, dx, dy, hole, parent, isOpenAt = () => true) {
      const outer = [this.sight, this.dx, this.dy, this.hole];
      [this.sight, this.dx, this.dy, this.hole] = [new handiwork.Sight(doc, doc.defaultView, isOpenAt), dx, dy, hole];
      if (doc.body) this.element(doc.body, parent, "");
      this.flush();
      [this.sight, this.dx, this.dy, this.hole] = outer;
    }

    isFull() {
      if (this.elements.length < this.most && this.characters < MOST_CHARACTERS) return false;
      this.truncated = true;
      return true;
    }

    /** One element and all below it. `cover` is the name that an element above shows as its own text. */
    element(element, parent, cover) {
      if (this.truncated || SKIPPED.has(element.localName)) return;
      const box = element.getBoundingClientRect();
      const isEmpty = box.width === 0 && box.height === 0;
      if (isEmpty && !element.checkVisibility() && this.sight.style(element).display !== "contents") return;
      if (!isEmpty && !handiwork.overlap(this.sight.window, box)) return this.#beyond(element, parent);
      const style = this.sight.style(element);
      const isApart = style.display !== "inline" || APART.has(element.localName) || this.#invites(element, style);
      if (isApart) this.flush();
      const index = this.#own(element, style, parent);
      this.#madeUp(element, style, index >= 0 ? index : parent);
      const name = index >= 0 ? this.elements[index][1] : "";
      this.#below(element, index >= 0 ? index : parent, name ? `${cover} ${name}` : cover);
      if (isApart || index >= 0) this.flush();
    }

    /** Out of view. What floats elsewhere may lie below it, but hardly in a row, a line or a paragraph. */
    #beyond(element, parent) {
      this.flush();
      if (!CLOSED.has(element.localName)) this.#below(element, parent, "");
      this.flush();
    }

    #below(element, parent, cover) {
      const shadow = handiwork.shadowOf(element);
      this.reach.add(shadow);
      if (!shadow && element.localName.includes("-")) this.asleep.push(element);
      if (FRAMES.has(element.localName)) return this.#frame(element, parent);
      if (element.localName === "select") return this.#options(element, parent);
      if (element.localName === "textarea" || (element.isContentEditable && this.indexOf.has(element))) return;
      for (const child of handiwork.drawnChildren(element, shadow)) {
        if (this.truncated) return;
        if (child.nodeType === Node.TEXT_NODE) this.#text(child, element, parent, cover);
        else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, parent, cover);
      }
    }

    /** Whether an inline element is one to press, by its pointer: then its text stands by itself. */
    #invites(element, style) {
      const parent = handiwork.drawnParent(element);
      return style.cursor === "pointer" && Boolean(parent) && this.sight.style(parent).cursor !== "pointer";
    }

    /** Reports the element itself if it is of a kind to report and can be seen; returns its index or -1. */
    #own(element, style, parent) {
      const role = handiwork.roleOf(element) || this.#wordless(element, style);
      if (!role) return -1;
      if (!element.checkVisibility(TICKS.has(role) ? PLAIN : OPAQUE)) return -1;
      const bounds = this.#bounds(element, element.getBoundingClientRect());
      if (!bounds) return -1;
      this.flush();
      const label = role === "image" ? "" : handiwork.labelOf(element);
      const states = handiwork.statesOf(element, role, this.focused);
      if (role !== "image" && this.#drawsMore(element, style)) states.push("pictured");
      const name = handiwork.nameOf(element, role);
      const value = handiwork.valueOf(element);
      const index = this.#add(role, name, value, bounds, states, parent, label, handiwork.hintsOf(element));
      if (index < 0) return index;
      this.indexOf.set(element, index);
      this.drawn.add(element);
      const suggested = handiwork.suggestionOf(element, name);
      if (suggested) this.#add("text", suggested, "", bounds, [], index, "", []);
      return index;
    }

    #drawsMore(element, style) {
      if (handiwork.isProposed(element) || handiwork.hasPaintedPart(element, this.sight.view)) return true;
      return handiwork.isPicture(element, style) || (element.isContentEditable && handiwork.holdsPicture(element));
    }

    /** What styles make up around an element's own content is content that nobody reads: an image. */
    #madeUp(element, style, parent) {
      if (!element.checkVisibility(CLEAR)) return;
      const { view } = this.sight;
      const kinds = [handiwork.madeUp(element, view), handiwork.besides(element, style, view)];
      if (kinds.includes(null)) this.isCut = true; // it may lie anywhere
      for (const box of kinds.flatMap((boxes) => boxes ?? [])) {
        const part = handiwork.overlap(this.sight.window, box);
        const { dx, dy } = this;
        const seen = part && handiwork.overlap(
          { left: part.left + dx, top: part.top + dy, right: part.right + dx, bottom: part.bottom + dy }, this.hole,
        );
        if (seen) this.#add("image", "", "", seen, [], parent, "", []);
      }
    }

    /** The role of what has none by its tag: frames and background pictures are images; a wordless thing to press. */
    #wordless(element, style) {
      if (FRAMES.has(element.localName) && (handiwork.isForeignFrame(element, this.site) || !handiwork.isPlainFrame(element))) return "image";
      if (handiwork.isPicture(element, style)) return "image";
      if (!this.#invites(element, style) && !element.hasAttribute("onclick")) return "";
      return element.childElementCount === 0 && !handiwork.normal(element.textContent) ? "button" : "";
    }

    #bounds(element, box) {
      return this.#outside(element, this.sight.part(element, box), false);
    }

    /** A visible part in the top viewport's coordinates, or null if something lies on top of all of it. */
    #outside(element, part, asText) {
      if (!part || !this.sight.isOnTop(element, part, asText)) return null;
      const { dx, dy } = this;
      const shifted = { left: part.left + dx, top: part.top + dy, right: part.right + dx, bottom: part.bottom + dy };
      return handiwork.overlap(shifted, this.hole);
    }

    #add(role, name, value, box, states, parent, label, hints) {
      if (this.isFull()) return -1;
      const bounds = handiwork.toRoot(this.place, box);
      if (bounds[2] < 1 || bounds[3] < 1) return -1;
      this.characters += name.length + value.length + label.length;
      this.elements.push([role, name, value, bounds, states, parent, label, hints]);
      return this.elements.length - 1;
    }

    /** A closed list has no geometry of its own: its options lie where the list lies. */
    #options(select, parent) {
      const index = this.indexOf.get(select);
      if (index === undefined) return;
      const [role, , , bounds] = this.elements[index];
      const groups = role === "listbox" ? select.querySelectorAll("optgroup") : [];
      for (const group of groups)
        if (!this.isFull()) this.elements.push(["text", handiwork.normal(group.label).slice(0, 400), "", bounds, [], parent, "", []]);
      for (const option of select.options) {
        if (this.isFull()) return;
        const states = handiwork.statesOf(option, "option", this.focused);
        const name = handiwork.normal(option.label).slice(0, 400);
        this.characters += name.length;
        this.elements.push(["option", name, "", bounds, states, parent, "", []]);
        this.indexOf.set(option, this.elements.length - 1);
      }
    }

    #frame(frame, parent) {
      const inside = handiwork.documentIn(frame, this.site);
      this.reach.add(inside);
      const box = frame.getBoundingClientRect();
      const visible = inside && handiwork.isPlainFrame(frame) && this.#bounds(frame, box);
      if (!visible) return;
      const style = this.sight.style(frame);
      const left = box.left + frame.clientLeft + parseFloat(style.paddingLeft);
      const top = box.top + frame.clientTop + parseFloat(style.paddingTop);
      const outer = this.sight;
      this.flush();
      this.document(inside, this.dx + left, this.dy + top, visible, parent, (x, y) => outer.shows(frame, x + left, y + top));
    }

    /** Gathers a text node into the current run, unless an element above already bears it as its name. */
    #text(node, element, parent, cover) {
      const text = handiwork.normal(node.data);
      if (!text && this.run) this.run.raw = " ";
      if (!text || (cover && cover.includes(text))) return;
      if (!element.checkVisibility(OPAQUE)) return;
      const range = node.ownerDocument.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].map((line) => this.#line(element, line)).filter(Boolean);
      if (!lines.length) return;
      this.drawn.add(node);
      const box = lines.reduce(handiwork.union);
      if (!this.run || this.run.parent !== parent) this.flush();
      this.run ??= { text: "", box, parent };
      const gap = /^\s/.test(node.data) || /\s$/.test(this.run.raw ?? "") ? " " : "";
      this.run = { text: this.run.text + gap + text, box: handiwork.union(this.run.box, box), parent, raw: node.data };
    }

    #line(element, line) {
      const around = this.sight.clip(element);
      return this.#outside(element, around && handiwork.overlap(around, line), true);
    }

    /** Frames that can't be looked into are told of even where there is no room for all: others read no page in them. */
    keepRoomFor(frames) {
      this.most = MOST_ELEMENTS - Math.min(frames.length, MOST_FRAMES);
    }

    /** As a last word: the frames that no other element told of; more than there is room for are one, over all. */
    tellFrames(frames, viewport) {
      const untold = frames.filter((frame) => !this.indexOf.has(frame));
      const boxes = untold.map((frame) => handiwork.overlap(outermost(frame).getBoundingClientRect(), viewport)).filter(Boolean);
      for (const box of boxes.length > MOST_FRAMES ? [viewport] : boxes)
        this.elements.push(["image", "", "", handiwork.toRoot(this.place, box), [], -1, "", []]);
    }

    /** Ends the run of text and reports it. */
    flush() {
      const run = this.run;
      this.run = null;
      if (!run) return;
      if (run.text.length > LONGEST_TEXT) this.isCut = true;
      else this.#add("text", run.text.trim(), "", run.box, [], run.parent, "", []);
    }
  };

  /** All of the page: elements, the focused one's index, and whether anything was left out. */
  handiwork.scan = (place, site, reach) => {
    const focused = handiwork.focusedIn(document, site);
    const scan = new handiwork.Scan(place, site, focused, reach);
    const viewport = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    scan.keepRoomFor(foreignFrames(reach, site));
    scan.document(document, 0, 0, viewport, -1);
    scan.moves = handiwork.isMoving(reach.roots());
    scan.truncated ||= Boolean(scan.isCut) || scan.moves;
    if (scan.truncated) scan.tellFrames(foreignFrames(reach, site), viewport);
    return scan;
  };
}
