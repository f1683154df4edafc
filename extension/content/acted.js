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

  /** Whether an element takes text, whatever is told of it. */
  const isWritable = (element) =>
    Boolean(element) && (element.isContentEditable || Boolean(element.editContext) || ["input", "textarea", "select"].includes(element.localName));

  const innermost = (event) => event.composedPath()[0] ?? event.target;

  handiwork.Hands = class {
    /** `page.refresh()` brings `page.latest` up to date; `page.tell(kind, event, what)` sends. */
    constructor(page) {
      this.page = page;
      this.press = null;
      this.composing = null; // {target, text} while an input method is at work
      this.lastInput = -RECENT;
      this.lastKey = -RECENT;
    }

    pointerdown(event) {
      this.lastInput = performance.now();
      if (event.view === window) this.page.viewport.learn(event);
      this.page.refresh();
      const target = event.button === 0 ? this.#at(innermost(event), event) : null;
      this.press = target && { target, x: event.screenX, y: event.screenY };
      this.page.lists.heed(innermost(event));
      if (target && innermost(event).localName === "select") this.#finish(event); // the release goes to its popup
    }

    pointerup(event) {
      this.lastInput = performance.now();
      if (event.button !== 0 || !this.press) return;
      const distance = Math.hypot(event.screenX - this.press.x, event.screenY - this.press.y);
      if (distance <= CLICK_REACH) this.#finish(event);
      this.press = null;
    }

    #finish(event) {
      this.page.tell("acted", event, { what: "click", ...this.press.target });
      this.press = null;
    }

    keydown(event) {
      this.lastInput = this.lastKey = performance.now();
      this.page.refreshBeforeKey();
      this.page.lists.heed(innermost(event));
      if (this.#takesNoText()) this.page.tell("key", event, {});
    }

    /** Whether the keyboard is in the page, but in no field. Then that a key came is told, never which one. */
    #takesNoText() {
      const { elements, indexOf } = this.page.latest;
      const active = handiwork.focusedIn(document, this.page.site);
      const told = elements[indexOf.get(active)];
      return !this.page.isSilent && (told ? !told[4].includes("editable") : !isWritable(active));
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
      const found = chosen && this.#element(chosen);
      if (!found) return;
      found.element[6] = handiwork.nameOf(target, handiwork.roleOf(target)).slice(0, 400);
      this.page.tell("acted", event, { what: "select", ...found });
    }

    submit(event) {
      const target = event.submitter ?? handiwork.focusedIn(event.target.ownerDocument, this.page.site);
      if (target) this.#report("submit", target, event);
    }

    compositionstart(event) {
      this.composing = { target: innermost(event), text: "" };
    }

    compositionupdate(event) {
      if (this.composing?.target === innermost(event)) this.composing.text = event.data ?? "";
    }

    /** An input method has put its text into a field. Chromium marks this last event alone as the page's own doing. */
    compositionend(event) {
      const { target, text } = this.composing ?? {};
      this.composing = null;
      if (!text || target !== innermost(event) || handiwork.isProtected(target)) return;
      this.page.refresh();
      const found = this.#element(target);
      if (found) this.page.tell("composed", event, { text: text.slice(0, 400), element: found.element });
    }

    copy(event) {
      this.page.refresh();
      if (this.page.latest.elements.length) this.page.tell("clipboard", event, { operation: event.type });
    }

    cut(event) {
      this.copy(event);
    }

    paste(event) {
      this.copy(event);
    }

    #report(what, target, event) {
      this.page.refresh();
      const found = this.#element(target);
      if (found) this.page.tell("acted", event, { what, ...found });
    }

    /** The reported element that a node is or lies in, with what that lies in itself; null if there is none. */
    #element(node) {
      const { indexOf, elements } = this.page.latest;
      for (let at = node?.control ?? node; at; at = handiwork.drawnParent(at)) {
        if (indexOf.has(at)) return this.#with(at, elements[indexOf.get(at)]);
        if (at.localName === "label" && at.control && indexOf.has(at.control))
          return this.#with(at.control, elements[indexOf.get(at.control)]);
      }
      return null;
    }

    /** The reported element for a pointer position: what the node lies in, or the run of text or picture there. */
    #at(node, event) {
      const holder = this.#element(node);
      if (holder && !PICKED.has(holder.element[0])) return holder;
      const place = this.page.viewport.place();
      if (!place) return null;
      const [x, y] = [event.screenX * place.scale, event.screenY * place.scale];
      const there = this.page.latest.elements.filter(
        ([role, , , [left, top, w, h]]) => PICKED.has(role) && left <= x && x < left + w && top <= y && y < top + h,
      );
      const smallest = there.sort((a, b) => a[3][2] * a[3][3] - b[3][2] * b[3][3])[0];
      return smallest ? this.#with(node, smallest) : holder;
    }

    #with(node, element) {
      const place = this.page.viewport.place();
      return { element: withoutParent(element), ancestry: place ? handiwork.ancestryOf(place, node) : [] };
    }
  };

  const withoutParent = (element) => {
    const copy = [...element];
    copy[5] = -1;
    return copy;
  };
}
