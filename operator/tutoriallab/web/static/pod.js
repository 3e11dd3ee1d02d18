/** A pod as a tile: its state by sign, shape and colour; its name as long as there is room. */
import { mark } from "./layout.js";
import { SIGNS, podState } from "./pod_state.js";
import { Pure } from "./pure.js";
import { html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

export class Pod extends Pure {
  render({ pod, short, size, active, language }) {
    const state = podState(pod);
    const classes = `tile pod ${state}${mark(pod)}`;
    const sentence = spoken({ pod, state, language });
    return html`<button
      type="button"
      class=${classes}
      data-uid=${pod.uid}
      data-open="1"
      tabindex=${active ? 0 : -1}
      title=${sentence}
    >
      <span class="unseen">${sentence}</span>
      <span class="sign" aria-hidden="true">${SIGNS[state]}</span>
      ${size !== "small" && html`<span class="name" aria-hidden="true">${short}</span>`}
      ${size === "large" && html`<span class="status" aria-hidden="true">${status(pod)}</span>`}
    </button>`;
  }
}

function status(pod) {
  const restarts = pod.restarts ? ` ↻${pod.restarts}` : "";
  return `${pod.phase} ${pod.readyOf ?? ""}${restarts}`;
}

function spoken({ pod, state, language }) {
  const told = [`Pod ${pod.name}`, word(language, `state_${state}`)];
  if (pod.phase !== "Running") told.push(pod.phase);
  if (pod.readyOf) told.push(pod.readyOf);
  told.push(pod.node || word(language, "noNode"));
  if (pod.restarts) told.push(word(language, "restarts", { count: pod.restarts }));
  if (pod.reason) told.push(pod.reason);
  if (pod.selectedBy?.length) told.push(word(language, "lit"));
  if (pod.namedBy?.length) told.push(word(language, "marked"));
  return told.join(", ");
}
