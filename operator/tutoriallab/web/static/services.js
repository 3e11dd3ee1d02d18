/** Services, and lines from each to the pods that answer for it. */
import { mark } from "./layout.js";
import { Component, html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** With more lines than these only those of the Service that is looked at are drawn. */
const MOST = 30;
const SVG = "http://www.w3.org/2000/svg";

/** @param {{services: object[], view: object, onLook: (uid: string) => void}} props */
export function Services({ services, view, onLook }) {
  if (!services.length) return null;
  const look = (uid) => ({
    onMouseEnter: () => onLook(uid),
    onMouseLeave: () => onLook(""),
    onFocus: () => onLook(uid),
    onBlur: () => onLook(""),
  });
  return html`<div class="services" role="group" aria-label=${word(view.language, "services")}>
    ${services.map(
      (service) => html`<button
        type="button"
        key=${service.uid}
        class=${`service${service.endpoints?.length ? "" : " bare"}${mark(service)}`}
        data-open="1"
        data-of=${service.uid}
        ...${look(service.uid)}
      >
        <span class="kind">Service</span>
        <strong>${service.name}</strong>
        <span>${service.type} ${(service.ports ?? []).join(", ")}</span>
        <span class="endpoints">${endpoints(service, view.language)}</span>
      </button>`,
    )}
  </div>`;
}

function endpoints(service, language) {
  const told = [];
  if (service.endpoints?.length) told.push(word(language, "endpoints", { count: service.endpoints.length }));
  else told.push(word(language, "noEndpoints"));
  if (service.notReady?.length) told.push(word(language, "endpointsNot", { count: service.notReady.length }));
  return told.join(", ");
}

/** Where the lines go; what is in it `drawLines` puts there. */
export class Lines extends Component {
  shouldComponentUpdate() {
    return false;
  }

  render({ svg }) {
    return html`<svg class="lines" aria-hidden="true" ref=${svg}></svg>`;
  }
}

/**
 * The lines: drawn by hand when the layout stands, as they depend on it.
 *
 * @param {SVGElement} svg @param {HTMLElement} root @param {object[]} services @param {string} looked
 */
export function drawLines(svg, root, services, looked) {
  const every = services.reduce((sum, one) => sum + (one.endpoints?.length ?? 0), 0) <= MOST;
  const paths = [];
  for (const service of services) {
    if (!(every || service.uid === looked)) continue;
    const from = root.querySelector(`[data-of="${CSS.escape(service.uid)}"]`);
    for (const uid of from ? (service.endpoints ?? []) : []) {
      const to = root.querySelector(`[data-uid="${CSS.escape(uid)}"]`);
      if (to) paths.push([curve(from, to), service.uid === looked]);
    }
  }
  // Asking how large the map is makes the browser lay it out: not for nothing.
  if (!paths.length && !svg.childElementCount) return;
  svg.setAttribute("width", root.scrollWidth);
  svg.setAttribute("height", root.scrollHeight);
  svg.replaceChildren(...paths.map(([path, strong]) => line(path, strong)));
}

function line(path, strong) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", path);
  if (strong) made.setAttribute("class", "strong");
  return made;
}

function curve(from, to) {
  const [x1, y1] = [from.offsetLeft + from.offsetWidth / 2, from.offsetTop + from.offsetHeight];
  const [x2, y2] = [to.offsetLeft + to.offsetWidth / 2, to.offsetTop];
  const bend = Math.max(20, Math.abs(y2 - y1) / 2);
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
