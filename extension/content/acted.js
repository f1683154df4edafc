// SPDX-License-Identifier: Apache-2.0
// What the person did to which element, in the page's own words. Only trusted events count. A press is described as
// things were before it, since the page may have changed by the time the button is up.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const CLICK_REACH = 6; // CSS pixels; a press and release further apart is a drag
  const RECENT = 1000; // milliseconds; a focus later than that after any input is the page's own doing
  const PICKED = new Set(["text", "image", "dialog"]); // containers and content: something inside may fit better

  /** Wall-clock milliseconds of an event; its own stamp counts from when its window's document began. */
  handiwork.wallOf = (event) => {
    const view = event.target?.ownerDocument?.defaultView ?? event.target?.defaultView ?? window;
    return Date.now() - view.performance.now() + event.timeStamp;
  };

  const innermost = (event) => event.composedPath()[0] ?? event.target;

  handiwork.Hands = class {
    /** `page.refresh()` brings `page.latest` up to date; `page.tell(what, time, element)` sends. */
    constructor(page) {
      this.page = page;
      this.press = null;
      this.lastInput = -RECENT;
      this.lastKey = -RECENT;
    }

    pointerdown(event) {
      this.lastInput = performance.now();
      if (event.view === window) this.page.viewport.learn(event);
      this.page.refresh();
      const element = event.button === 0 ? this.#at(innermost(event), event) : null;
      this.press = element && { element, x: event.screenX, y: event.screenY };
      if (element && innermost(event).localName === "select") this.#finish(event); // the release goes to its popup
    }

    pointerup(event) {
      this.lastInput = performance.now();
      if (event.button !== 0 || !this.press) return;
      const distance = Math.hypot(event.screenX - this.press.x, event.screenY - this.press.y);
      if (distance <= CLICK_REACH) this.#finish(event);
      this.press = null;
    }

    #finish(event) {
      this.page.tell("click", handiwork.wallOf(event), this.press.element);
      this.press = null;
    }

    keydown() {
      this.lastInput = this.lastKey = performance.now();
      this.page.refreshBeforeKey();
    }

    /** A click that no pointer made: Enter or Space on what has the keyboard. */
    click(event) {
      if (event.detail !== 0 || this.lastKey < this.lastInput) return;
      this.#report("click", innermost(event), event);
    }

    focusin(event) {
      if (performance.now() - this.lastInput > RECENT) return;
      this.#report("focus", innermost(event), event);
    }

    change(event) {
      const target = innermost(event);
      if (target.localName !== "select") return this.#report("change", target, event);
      this.page.refresh();
      const chosen = target.selectedOptions[0];
      const element = chosen && this.#element(chosen);
      if (!element) return;
      element[6] = handiwork.nameOf(target, handiwork.roleOf(target)).slice(0, 400);
      this.page.tell("select", handiwork.wallOf(event), element);
    }

    submit(event) {
      const target = event.submitter ?? handiwork.focusedIn(event.target.ownerDocument, this.page.site);
      if (target) this.#report("submit", target, event);
    }

    #report(what, target, event) {
      this.page.refresh();
      const element = this.#element(target);
      if (element) this.page.tell(what, handiwork.wallOf(event), element);
    }

    /** The reported element that a node is or lies in, as a copy without a parent; null if there is none. */
    #element(node) {
      const { indexOf, elements } = this.page.latest;
      for (let at = node?.control ?? node; at; at = handiwork.drawnParent(at)) {
        if (indexOf.has(at)) return withoutParent(elements[indexOf.get(at)]);
        if (at.localName === "label" && at.control && indexOf.has(at.control))
          return withoutParent(elements[indexOf.get(at.control)]);
      }
      return null;
    }

    /** The reported element for a pointer position: what the node lies in, or the run of text or picture there. */
    #at(node, event) {
      const holder = this.#element(node);
      if (holder && !PICKED.has(holder[0])) return holder;
      const place = this.page.viewport.place();
      if (!place) return null;
      const [x, y] = [event.screenX * place.scale, event.screenY * place.scale];
      const there = this.page.latest.elements.filter(
        ([role, , , [left, top, w, h]]) => PICKED.has(role) && left <= x && x < left + w && top <= y && y < top + h,
      );
      const smallest = there.sort((a, b) => a[3][2] * a[3][3] - b[3][2] * b[3][3])[0];
      return smallest ? withoutParent(smallest) : holder;
    }
  };

  const withoutParent = (element) => {
    const copy = [...element];
    copy[5] = -1;
    return copy;
  };
}
