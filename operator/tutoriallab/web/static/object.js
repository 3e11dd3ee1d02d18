/** One object: what is known of it at the moment that is shown, and live its conditions, Events and YAML. */
import { get } from "./api.js";
import { Copy } from "./copy.js";
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** Fields of an item that are told elsewhere, or say nothing to people. */
const PASSED_OVER = new Set([
  "uid",
  "kind",
  "name",
  "labels",
  "owner",
  "created",
  "endpoints",
  "notReady",
  "state",
  "selectedBy",
  "namedBy",
]);

/** @param {{uid: string, item: ?object, items: Map, path: string, language: string, onClose: () => void}} props */
export function ObjectSheet({ uid, item, items, path, language, onClose }) {
  const dialog = useRef(null);
  const kept = useRef(item);
  if (item) kept.current = item;
  const shown = kept.current;
  useEffect(() => dialog.current.showModal(), []);
  if (!shown)
    return html`<dialog ref=${dialog} class="object" onClose=${onClose}>${word(language, "objectGone")}</dialog>`;
  const outside = (event) => event.target === dialog.current && onClose();
  return html`<dialog ref=${dialog} class="object" aria-labelledby="object" onClose=${onClose} onClick=${outside}>
    <header>
      <h2 id="object"><span class="kind">${shown.kind}</span> ${shown.name}</h2>
      <button type="button" onClick=${onClose}>${word(language, "close")}</button>
    </header>
    ${!item && html`<p class="notice gone">${word(language, "objectGone")}</p>`}
    <${Facts} item=${shown} items=${items} language=${language} />
    ${
      path
        ? html`<${Details} path=${`${path}/objects/${encodeURIComponent(uid)}`} item=${item} language=${language} />`
        : html`<p class="quiet">${word(language, "pastObject")}</p>`
    }
  </dialog>`;
}

function Facts({ item, items, language }) {
  const owner = items.get(item.owner);
  const rows = Object.entries(item).filter(([key, value]) => !PASSED_OVER.has(key) && !empty(value));
  return html`<section>
    <h3>${word(language, "facts")}</h3>
    <dl class="facts-list">
      ${owner && html`<dt>owner</dt><dd>${owner.kind} ${owner.name}</dd>`}
      ${rows.map(([key, value]) => html`<dt>${key}</dt><dd>${plain(value)}</dd>`)}
      ${!empty(item.labels) && html`<dt>labels</dt><dd>${plain(item.labels)}</dd>`}
    </dl>
  </section>`;
}

/** Asked for when the object is opened, and again whenever it changes. */
function Details({ path, item, language }) {
  const [details, setDetails] = useState(null);
  const [refusal, setRefusal] = useState("");
  useEffect(() => {
    let wanted = true;
    if (item) {
      get(path).then(
        (answer) => wanted && (setDetails(answer), setRefusal("")),
        (error) => wanted && setRefusal(error.message || word(language, "nobodyThere")),
      );
    }
    return () => (wanted = false);
  }, [path, item]);
  if (refusal) return html`<p class="notice bad" role="alert">${refusal}</p>`;
  if (!details) return html`<p class="quiet">…</p>`;
  return html`<${Conditions} list=${details.conditions ?? []} language=${language} />
    <${Events} list=${details.events ?? []} language=${language} />
    <section>
      <header><h3>${word(language, "yaml")}</h3><${Copy} text=${details.yaml ?? ""} language=${language} /></header>
      <pre class="yaml" tabindex="0" role="group" aria-label=${word(language, "yaml")}>${details.yaml}</pre>
    </section>`;
}

function Conditions({ list, language }) {
  if (!list.length) return null;
  return html`<section>
    <h3>${word(language, "conditions")}</h3>
    <ul class="conditions">
      ${list.map(
        (one) =>
          html`<li>
            <strong>${one.type}</strong> ${one.status} ${one.reason && html`<code>${one.reason}</code>`} ${one.message}
          </li>`,
      )}
    </ul>
  </section>`;
}

function Events({ list, language }) {
  return html`<section>
    <h3>${word(language, "events")}</h3>
    ${
      list.length
        ? html`<ul class="events">
          ${list.map(
            (one) => html`<li class=${one.type === "Warning" ? "warning" : ""}>
              <span class="quiet">${one.time ?? one.lastTimestamp ?? ""}</span> <strong>${one.reason}</strong>
              ${one.count > 1 ? ` ×${one.count}` : ""} ${one.message}
            </li>`,
          )}
        </ul>`
        : html`<p class="quiet">${word(language, "noEvents")}</p>`
    }
  </section>`;
}

function empty(value) {
  if (value === null || value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function plain(value) {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (value && typeof value === "object")
    return Object.entries(value)
      .map(([key, one]) => `${key}=${one}`)
      .join(", ");
  return String(value);
}
