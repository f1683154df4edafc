// SPDX-License-Identifier: Apache-2.0
// What can be seen of one document: clipping by scrolled ancestors, and what lies on top. Works in CSS pixels of the
// document's own viewport. One object per document and scan: it remembers styles and clips.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const SMALLEST = 2; // CSS pixels: text for screen readers only is usually kept in a box of 1 x 1

  handiwork.Sight = class {
    /** `isOpenAt(x, y)` says whether, seen from outside, a frame's viewport is uncovered at a point of it. */
    constructor(doc, window, isOpenAt) {
      this.doc = doc;
      this.isOpenAt = isOpenAt;
      this.window = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
      this.view = window;
      this.styles = new Map();
      this.clips = new Map();
    }

    style(element) {
      let style = this.styles.get(element);
      if (!style) this.styles.set(element, (style = this.view.getComputedStyle(element)));
      return style;
    }

    /** The rectangle to which an element's content is clipped, or null if nothing of it can be seen. */
    clip(element) {
      if (!this.clips.has(element)) this.clips.set(element, this.#clipWithin(element));
      return this.clips.get(element);
    }

    #clipWithin(element) {
      const parent = handiwork.drawnParent(element);
      if (!parent || element === this.doc.body) return this.window; // the body's overflow is the viewport's
      const style = this.style(element);
      let around;
      if (style.position === "fixed") around = this.window;
      else if (style.position === "absolute") around = element.offsetParent ? this.clip(element.offsetParent) : this.window;
      else around = this.clip(parent);
      if (!around || style.overflow === "visible" || style.display.startsWith("inline ") || style.display === "inline")
        return around;
      return handiwork.overlap(around, element.getBoundingClientRect());
    }

    /** The visible part of a rectangle that `element` draws, or null. */
    part(element, box) {
      const parent = handiwork.drawnParent(element);
      const position = this.style(element).position;
      let around = this.window;
      if (position === "absolute") around = element.offsetParent ? this.clip(element.offsetParent) : this.window;
      else if (position !== "fixed" && parent) around = this.clip(parent);
      const part = around && handiwork.overlap(around, box);
      return part && part.right - part.left >= SMALLEST && part.bottom - part.top >= SMALLEST ? part : null;
    }

    /** Whether some point of the part really shows the element, or with `asText` the text directly in it. */
    isOnTop(element, part, asText) {
      const x = (part.left + part.right) / 2;
      const y = (part.top + part.bottom) / 2;
      if (this.shows(element, x, y, asText)) return true;
      const dx = (part.right - part.left) / 2 - 1;
      const dy = (part.bottom - part.top) / 2 - 1;
      return [[-1, -1], [1, -1], [-1, 1], [1, 1]].some(([i, j]) => this.shows(element, x + i * dx, y + j * dy, asText));
    }

    /** Whether a pointer would meet the element at the point, or what it lies in, or (not for text) what it holds. */
    shows(element, x, y, asText = false) {
      if (!this.isOpenAt(x, y)) return false;
      let hit = this.doc.elementFromPoint(x, y);
      if (!hit) return false;
      for (let shadow = handiwork.shadowOf(hit); shadow; ) {
        const inner = shadow.elementFromPoint(x, y);
        if (!inner || inner === hit) break;
        hit = inner;
        shadow = handiwork.shadowOf(hit);
      }
      if (holds(hit, element) || (!asText && holds(element, hit))) return true;
      if ([...(element.labels ?? [])].some((label) => holds(label, hit))) return true;
      return this.style(element).pointerEvents === "none"; // can't be hit, so nothing can be concluded
    }
  };

  const holds = (outer, inner) => {
    for (let node = inner; node; node = handiwork.drawnParent(node)) if (node === outer) return true;
    return false;
  };
}
