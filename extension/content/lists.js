// SPDX-License-Identifier: Apache-2.0
// Whether a native list (<select>) is open. Its popup is the browser's own window: no event tells of it, so a list that was
// just operated is asked until it has closed. Told are when and where, and whether the page still has the keyboard; no
// content.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const EACH = 16; // milliseconds between two questions, while a list may be open
  const SOON = 600; // milliseconds after it was operated; one that opens later is not told of
  const CAN_TELL = CSS.supports("selector(:open)");

  handiwork.OpenList = class {
    /** `page.tellAt(kind, time, what)` sends. */
    constructor(page) {
      this.page = page;
      this.list = null;
      this.seen = 0; // when it was last seen open; 0 if it wasn't
    }

    /** This element was pressed, or a key came to it: a list may open now. */
    heed(element) {
      if (element?.localName !== "select" || !CAN_TELL) return;
      if (element !== this.list) this.#end(true);
      this.list = element;
      this.until = performance.now() + SOON;
      this.timer ??= setInterval(() => this.#look(), EACH);
    }

    stop() {
      this.#end(false);
    }

    #look() {
      const now = Date.now();
      if (!this.list.isConnected || this.page.isSilent || !this.list.matches(":open"))
        return (this.seen || performance.now() > this.until) && this.#end(this.list.isConnected);
      const bounds = this.#bounds();
      if (bounds && !this.seen) this.page.tellAt("list", now, { open: true, since: now, kept: true, bounds });
      if (bounds) this.seen = now;
    }

    #end(mayTell) {
      clearInterval(this.timer);
      const [bounds, since] = [this.#bounds(), this.seen];
      const kept = document.hasFocus() && handiwork.focusedIn(document, this.page.site) === this.list;
      if (mayTell && since && bounds) this.page.tellAt("list", Date.now(), { open: false, since, kept, bounds });
      [this.list, this.timer, this.seen] = [null, undefined, 0];
    }

    /** Where the list was at the last look; undefined if it was not told of. */
    #bounds() {
      const { elements, indexOf } = this.page.latest;
      return elements[indexOf.get(this.list)]?.[3];
    }
  };
}
