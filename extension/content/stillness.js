// SPDX-License-Identifier: Apache-2.0
// Whether the page still is as it was told. Most changes announce themselves; animations, values that a script sets,
// components that come to life and letters that arrive late don't. Asked with each picture and each deed: it must cost little.
"use strict";
{
  const handiwork = (globalThis.handiwork ??= {});

  const FIELDS = "input,textarea,select";
  const PICTURES = `${FIELDS},img,canvas,video,svg,object,embed,iframe`;
  const SAYS = /[\p{L}\p{N}]/u;
  const HARMLESS = /color$|^(boxShadow|offset|computedOffset|easing|composite|fill|stroke)$|radius$/i;

  /** Whether an animation can only change shades. */
  const isHarmless = (effect) =>
    effect.getKeyframes().every((frame) => Object.keys(frame).every((property) => HARMLESS.test(property)));

  /** Whether what it moves says something: a bar that fills or a ring that turns doesn't. */
  const says = (target) =>
    SAYS.test(target.textContent) || target.matches(PICTURES) || target.querySelector(PICTURES) !== null ||
    handiwork.shadowOf(target) !== null;

  const matters = ({ playState, effect }) =>
    playState === "running" && Boolean(effect?.target) && (effect.pseudoElement || says(effect.target)) && !isHarmless(effect);

  /** Whether anything that says something is being animated: then it may be anywhere when a picture is taken. */
  handiwork.isMoving = (roots) => roots.some((root) => root.getAnimations().some(matters));

  const boxOf = (node, range) => {
    if (node.nodeType !== Node.TEXT_NODE) return node.getBoundingClientRect();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };

  const isThere = (box, { left, top, width, height }) =>
    Math.abs(box.left - left) < 0.5 && Math.abs(box.top - top) < 0.5 && Math.abs(box.width - width) < 0.5 && Math.abs(box.height - height) < 0.5;

  const heldBy = (field) => handiwork.valueOf(field) + field.checked + handiwork.isProposed(field);

  const letters = () => document.fonts.status + document.fonts.size;

  handiwork.Stillness = class {
    /** `scan` is the look that was told. */
    constructor(scan) {
      this.ranges = new Map(); // one for each document: to make one for each text took as long as all the rest
      this.places = [...scan.drawn].map((node) => [node, boxOf(node, this.#range(node))]);
      this.values = [...scan.indexOf.keys()].filter((one) => one.matches(FIELDS)).map((field) => [field, heldBy(field)]);
      this.asleep = scan.asleep;
      this.moves = scan.moves;
      this.letters = letters();
    }

    #range(node) {
      const { ownerDocument } = node;
      if (!this.ranges.has(ownerDocument)) this.ranges.set(ownerDocument, ownerDocument.createRange());
      return this.ranges.get(ownerDocument);
    }

    /** Whether it all is as it was; `roots` is what can be reached of the page. Where something moves, nothing is cleared on the page's word, so places may change. */
    lasts(roots) {
      return (
        this.moves === handiwork.isMoving(roots) &&
        this.letters === letters() &&
        (this.moves || this.places.every(([node, box]) => node.isConnected && isThere(boxOf(node, this.#range(node)), box))) &&
        this.values.every(([field, held]) => heldBy(field) === held) &&
        !this.asleep.some((element) => handiwork.shadowOf(element))
      );
    }
  };
}
