// SPDX-License-Identifier: Apache-2.0
// What an element draws that none of its words tells: pictures of every kind, and text that a style makes up. Whatever is
// found here is content that nobody has read, so it must be masked, whatever the element is called.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const PICTURES = new Set(["img", "canvas", "video", "svg", "object", "embed"]);
  const FIELDS = "input,textarea,select,iframe,frame,fencedframe,object,embed";
  const MOST_INSIDE = 500; // elements of an editor that are looked at; one of more counts as holding a picture
  const SAYS = /[\p{L}\p{N}]/u; // icons of a font of icons are in the private use area
  const ASTRAY = ["transform", "translate", "scale", "rotate"];

  const hasAddress = (handiwork.hasAddress = (...values) => values.some((value) => /url\(|image-set\(|element\(|paint\(/.test(value)));

  /** Whether the element is a picture by its tag, or its style paints one on it. */
  handiwork.isPicture = (element, style) =>
    PICTURES.has(element.localName) ||
    (element.localName === "input" && element.type === "image") ||
    hasAddress(style.backgroundImage, style.borderImageSource, style.maskImage, style.content) ||
    (style.display === "list-item" && style.listStyleImage !== "none");

  /** What a style's `content` shows: quoted text, attributes, counters and marks of quotations; "" if it is none to read. */
  const written = (handiwork.written = (element, { content, quotes }) => {
    const shown = /(open|close)-quote/.test(content) ? content + quotes : content;
    const quoted = [...shown.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1]);
    const given = [...content.matchAll(/attr\(\s*([\w-]+)/g)].map((one) => element.getAttribute(one[1]) ?? "");
    return quoted.concat(given, /counters?\(/.test(content) ? ["1"] : []).join(" ");
  });

  const isShown = (style) => style.display !== "none" && style.visibility === "visible" && style.opacity !== "0";
  const isAstray = (style) =>
    ASTRAY.some((one) => style[one] && style[one] !== "none") || !["static", "absolute"].includes(style.position) ||
    [style.marginLeft, style.marginTop].some((margin) => parseFloat(margin) < 0);

  /** Where a positioned part lies, from what its style came to; null if that can't be said. */
  const placeOf = (element, style) => {
    const holder = getComputedStyle(element).position === "static" ? element.offsetParent : element;
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    if (!holder || [left, top, width, height].some(Number.isNaN)) return null;
    const around = holder.getBoundingClientRect();
    const [x, y] = [around.left + holder.clientLeft + left, around.top + holder.clientTop + top];
    const more = [style.paddingLeft, style.paddingRight, style.paddingTop, style.paddingBottom].map(parseFloat);
    return { left: x, top: y, right: x + width + more[0] + more[1] + 2, bottom: y + height + more[2] + more[3] + 2 };
  };

  /** Around an element and what flows out of it; null for one without a place of its own. */
  const within = (handiwork.within = (element) => {
    const box = element.getBoundingClientRect();
    if (!box.width && !box.height) return null;
    const [right, bottom] = [box.left + element.scrollWidth, box.top + element.scrollHeight];
    return { left: box.left, top: box.top, right: Math.max(box.right, right), bottom: Math.max(box.bottom, bottom) };
  });

  /** Rectangles in which a style shows text or a picture of its own; null if it may do so anywhere. */
  handiwork.madeUp = (element, view) => {
    const boxes = [];
    for (const part of ["::before", "::after"]) {
      const style = view.getComputedStyle(element, part);
      if (style.content === "none" || style.content === "normal") continue;
      const says = SAYS.test(written(element, style));
      const draws = hasAddress(style.content, style.backgroundImage, style.borderImageSource, style.maskImage);
      if (!(says || draws) || !isShown(style)) continue;
      const box = isAstray(style) ? null : style.position === "absolute" ? placeOf(element, style) : within(element);
      if (!box) return null;
      boxes.push(box);
    }
    return boxes;
  };

  const tellsNothing = (element, view) => {
    const made = handiwork.madeUp(element, view);
    return made !== null && !made.length && !handiwork.shadowOf(element) && !handiwork.isPicture(element, view.getComputedStyle(element));
  };

  /** Whether something in an editor is drawn that is no text of it. */
  handiwork.holdsPicture = (editor) => {
    const inside = editor.querySelectorAll("*");
    if (inside.length > MOST_INSIDE || editor.querySelector(FIELDS)) return true;
    return [...inside].some((element) => !tellsNothing(element, editor.ownerDocument.defaultView));
  };

  /** What a field shows while it is empty, unless that is its name. */
  handiwork.suggestionOf = (element, name) => {
    const shown = handiwork.normal(element.placeholder);
    return shown && !element.value && !name.includes(shown) ? shown.slice(0, 400) : "";
  };

  /** Whether what is in a frame is drawn upright and at its own size, so that places in it can be told. */
  handiwork.isPlainFrame = (frame) => {
    const box = frame.getBoundingClientRect();
    if (Math.abs(box.width - frame.offsetWidth) >= 1 || Math.abs(box.height - frame.offsetHeight) >= 1) return false;
    for (let at = frame; at; at = handiwork.drawnParent(at)) {
      const { transform, rotate, scale } = at.ownerDocument.defaultView.getComputedStyle(at);
      if (rotate !== "none" || scale !== "none") return false;
      if (transform !== "none" && !/^matrix\(1, 0, 0, 1,/.test(transform)) return false;
    }
    return true;
  };
}
