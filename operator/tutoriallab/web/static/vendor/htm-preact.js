/**
 * What the page's modules import: Preact with its hooks, and htm in place of JSX.
 *
 * Beside it stand the files as npm has them: preact 11.2.0 (dist/preact.mjs, hooks/dist/hooks.mjs with its import of
 * "preact" by path) and htm 3.1.1 (dist/htm.mjs). tests/web/test_static.py holds them to what was published.
 */
import htm from "./htm.js";
import { h } from "./preact.js";

export { Component, render } from "./preact.js";
export { useCallback, useEffect, useMemo, useRef, useState } from "./hooks.js";

/**
 * Without htm's cache (`this[0] = 3`): it keeps elements that never change for good, and such an element keeps the
 * parent that it first had, by which all that was ever drawn stays in memory.
 */
export const html = htm.bind(function create(...element) {
  this[0] = 3;
  return h(...element);
});
