// SPDX-License-Identifier: Apache-2.0
// What a style draws of an element beside or over its own place: shadows, reflections, marks of lists, signs between
// letters, what stands behind what is open, what a filter paints. It is content that nobody has read, wherever it lies.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const SAYS = /[\p{L}\p{N}]/u;
  const FAR = 4; // CSS pixels; a shadow nearer than this lies on its own letters
  const CAST = 8; // and one that a filter casts, mostly of a box
  const MARKS = /^(disc|circle|square|none|disclosure-|decimal|(lower|upper)-(roman|alpha|latin|greek)|lower-greek)/;
  const UNKNOWN_LENGTH = 30; // characters of a mark that a style sheet's own way to count makes
  const SHADOW = /(-?[\d.]+)px (-?[\d.]+)px ([\d.]+)px/g;

  const moved = (box, x, y, by) => ({ left: box.left + x - by, top: box.top + y - by, right: box.right + x + by, bottom: box.bottom + y + by });

  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && SAYS.test(node.data)) || Boolean(element.value);

  const shadows = (text, box, far) =>
    [...text.matchAll(SHADOW)].map((one) => one.slice(1).map(Number))
      .filter(([x, y, blur]) => Math.max(Math.abs(x), Math.abs(y)) + blur > far)
      .map(([x, y, blur]) => moved(box, x, y, blur));

  /** Where the mirror image lies: "below 10px". */
  const reflected = (box, reflect) => {
    const [, side, by] = /^(\w+) (-?[\d.]+)px/.exec(reflect) ?? [];
    const [width, height, gap] = [box.right - box.left, box.bottom - box.top, Number(by)];
    if (side === "below") return moved(box, 0, height + gap, 0);
    if (side === "above") return moved(box, 0, -height - gap, 0);
    if (side === "right") return moved(box, width + gap, 0, 0);
    if (side === "left") return moved(box, -width - gap, 0, 0);
    return null;
  };

  /** What a list's mark says: a text of its style, or of an unknown way to count. */
  const markOf = (element, style, view) => {
    const part = view.getComputedStyle(element, "::marker");
    if (part.content !== "normal" && part.content !== "none") return handiwork.written(element, part);
    if (style.listStyleType.startsWith('"')) return style.listStyleType;
    return MARKS.test(style.listStyleType) ? "" : "n".repeat(UNKNOWN_LENGTH);
  };

  const marked = (element, style, view, box) => {
    const mark = markOf(element, style, view);
    if (!SAYS.test(mark)) return [];
    const reach = (mark.length + 1) * parseFloat(style.fontSize);
    return [{ left: box.left - reach, top: box.top, right: box.right + reach, bottom: box.bottom + 2 * parseFloat(style.fontSize) }];
  };

  const isOpen = (element) =>
    (element.popover || element.localName === "dialog" || element.ownerDocument.fullscreenElement === element) &&
    element.matches(":modal,:popover-open,:fullscreen");

  const paints = (element, view, part) => handiwork.hasAddress(view.getComputedStyle(element, part).backgroundImage);

  /** Where what stands behind it lies: by its style, or anywhere in view. */
  const behind = (element, view) => {
    const { left, top, width, height } = view.getComputedStyle(element, "::backdrop");
    const [x, y, w, h] = [left, top, width, height].map(parseFloat);
    if ([x, y, w, h].some(Number.isNaN)) return { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
    return { left: x, top: y, right: x + w, bottom: y + h };
  };

  /** Rectangles in which a style draws something of, or for, the element beside its own content; null: anywhere. */
  handiwork.besides = (element, style, view) => {
    const found = [];
    const box = () => handiwork.within(element) ?? element.getBoundingClientRect();
    if (style.textShadow !== "none" && hasText(element)) found.push(...shadows(style.textShadow, box(), FAR));
    if (style.filter !== "none") {
      found.push(...shadows(style.filter, box(), CAST));
      if (handiwork.hasAddress(style.filter)) found.push(moved(box(), 0, 0, 0));
    }
    if ((style.webkitBoxReflect ?? "none") !== "none") found.push(reflected(box(), style.webkitBoxReflect));
    if (style.display.includes("list-item")) found.push(...marked(element, style, view, box()));
    if (SAYS.test(style.textEmphasisStyle.replace(/^[^"]*$/, "")) && hasText(element)) found.push(moved(box(), 0, 0, parseFloat(style.fontSize)));
    if (style.hyphenateCharacter?.startsWith('"') && SAYS.test(style.hyphenateCharacter) && hasText(element)) found.push(box());
    if (isOpen(element) && paints(element, view, "::backdrop")) found.push(behind(element, view));
    if (element.localName === "details" && paints(element, view, "::details-content")) found.push(box());
    return found.includes(null) ? null : found;
  };

  /** Whether a field shows what the browser proposes or filled in, which its value may not be. */
  handiwork.isProposed = (element) => /^(input|textarea|select)$/.test(element.localName) && element.matches(":autofill");

  /** Whether a part of a field, which no style can be asked of, or only that, may be a picture. */
  handiwork.hasPaintedPart = (element, view) =>
    element.localName === "input" &&
    (element.type === "range" || (element.type === "file" && paints(element, view, "::file-selector-button")));
}
