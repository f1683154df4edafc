// SPDX-License-Identifier: Apache-2.0
// Where the page lies on the screen: CSS pixels of the top viewport to root-window pixels. Unknown gives null.
// Knows nothing of elements.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const WIDEST_BORDER = 16; // device-independent pixels; more at a side means docked tools or a side panel
  const TALLEST_TOP = 260; // likewise: tab strip, address bar and bookmarks bar stay below this
  const AGREEMENT = 2; // the formula stands if a pointer event puts the viewport within this many pixels

  const layoutNow = () =>
    [screenX, screenY, outerWidth, outerHeight, innerWidth, innerHeight, devicePixelRatio].join();

  /** Viewport origin as window geometry suggests it, in device-independent pixels. */
  const guess = (zoom) => {
    const border = (outerWidth - innerWidth * zoom) / 2;
    const top = outerHeight - innerHeight * zoom - border; // the frame is as wide below as at the sides
    if (border < -1 || border > WIDEST_BORDER || top < -1 || top > TALLEST_TOP) return null;
    return { x: screenX + border, y: screenY + top };
  };

  handiwork.Viewport = class {
    constructor() {
      this.zoom = 1; // the browser's page zoom; told by the service worker, as pages can't see it
      this.seen = null; // the origin that the last pointer event gave, and the window layout it holds for
    }

    /** Learns the origin from a pointer event of the top document: its two coordinates differ by just that. */
    learn(event) {
      const x = event.screenX - event.clientX * this.zoom;
      const y = event.screenY - event.clientY * this.zoom;
      this.seen = { x, y, layout: layoutNow() };
    }

    /** {x, y, ratio, scale}: root pixel = x + css * ratio; scale is root pixels per device-independent one. */
    place() {
      if (visualViewport && Math.abs(visualViewport.scale - 1) > 0.001) return null;
      if ("mozInnerScreenX" in globalThis) return this.#told();
      const guessed = guess(this.zoom);
      const seen = this.seen && this.seen.layout === layoutNow() ? this.seen : null;
      const agree = guessed && seen && Math.hypot(guessed.x - seen.x, guessed.y - seen.y) <= AGREEMENT * 1.5;
      const origin = seen && !agree ? seen : guessed;
      if (!origin) return null;
      const scale = devicePixelRatio / this.zoom;
      return { x: origin.x * scale, y: origin.y * scale, ratio: devicePixelRatio, scale };
    }

    /** Firefox tells the origin itself, in CSS pixels. */
    #told() {
      const ratio = devicePixelRatio;
      return { x: mozInnerScreenX * ratio, y: mozInnerScreenY * ratio, ratio, scale: ratio / this.zoom };
    }
  };

  /** A CSS rectangle of the top viewport as [x, y, w, h] in root pixels. */
  handiwork.toRoot = (place, box) => {
    const left = Math.round(place.x + box.left * place.ratio);
    const top = Math.round(place.y + box.top * place.ratio);
    const right = Math.round(place.x + box.right * place.ratio);
    const bottom = Math.round(place.y + box.bottom * place.ratio);
    return [left, top, right - left, bottom - top];
  };

  /** The part that both rectangles share, or null. */
  handiwork.overlap = (a, b) => {
    const left = Math.max(a.left, b.left);
    const top = Math.max(a.top, b.top);
    const right = Math.min(a.right, b.right);
    const bottom = Math.min(a.bottom, b.bottom);
    return right > left && bottom > top ? { left, top, right, bottom } : null;
  };

  /** The smallest rectangle around both. */
  handiwork.union = (a, b) => ({
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  });
}
