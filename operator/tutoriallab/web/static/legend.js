/** How many pods are in which state: the map's legend, and its numbers. */
import { SIGNS, podState } from "./pod_state.js";
import { html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

export function Legend({ pods, items, language }) {
  const counts = Object.fromEntries(Object.keys(SIGNS).map((state) => [state, 0]));
  for (const pod of pods) counts[podState(pod)] += 1;
  const shown = Object.entries(counts).filter(([, count]) => count);
  return html`<ul class="legend" aria-label=${word(language, "legend")}>
    ${shown.map(
      ([state, count]) => html`<li key=${state} class=${state}>
        <span class="sign" aria-hidden="true">${SIGNS[state]}</span> ${count} ${word(language, `state_${state}`)}
      </li>`,
    )}
    ${anyOf(items, "selectedBy") && sample("lit", language)}
    ${anyOf(items, "namedBy") && sample("marked", language)}
  </ul>`;
}

function sample(name, language) {
  return html`<li><span class=${`sample ${name}`} aria-hidden="true"></span>${word(language, name)}</li>`;
}

function anyOf(items, field) {
  for (const item of items.values()) if (item[field]?.length) return true;
  return false;
}
