/** All labs that the viewer may see: how far each is, and who is stuck on what. */
import { get } from "./api.js";
import { COLUMNS, csv, filtered, mostFailed, sorted } from "./rows.js";
import { duration, moment, said } from "./text.js";
import { html, useEffect, useState } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** Milliseconds between two looks. */
const EVERY = 3000;

export function Overview({ language, onRefused }) {
  const { rows, failure } = useRows(onRefused);
  const [text, setText] = useState("");
  const [order, setOrder] = useState({ column: "stuckFor", descending: false });
  if (!rows) return html`<p class="loading">${failure || word(language, "connecting")}</p>`;
  if (!rows.length) return html`<${Nothing} language=${language} />`;
  const shown = sorted(filtered(rows, text, language), order.column, order.descending);
  return html`<section class="overview" id="task" tabindex="-1" aria-label=${word(language, "overview")}>
    <h1>${word(language, "overview")}</h1>
    ${failure && html`<p class="notice away" role="status">${failure}</p>`}
    <${Numbers} rows=${rows} language=${language} onFilter=${setText} />
    <div class="tools">
      <label>
        ${word(language, "filter")}
        <input type="search" value=${text} onInput=${(event) => setText(event.target.value)} />
      </label>
      <button type="button" onClick=${() => save(shown)}>${word(language, "csv")}</button>
    </div>
    <${Table} rows=${shown} ...${{ order, setOrder, language }} />
    ${!shown.length && html`<p class="quiet" role="status">${word(language, "noMatch", { text })}</p>`}
  </section>`;
}

function useRows(onRefused) {
  const [rows, setRows] = useState(null);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    let wanted = true;
    let timer = 0;
    const look = async () => {
      try {
        const answer = await get("/api/labs");
        if (wanted) (setRows(Array.isArray(answer) ? answer : answer.labs), setFailure(""));
      } catch (refusal) {
        if (wanted && refusal.status === 401) return onRefused(refusal);
        if (wanted) setFailure(refusal.message || "…");
      }
      if (wanted) timer = setTimeout(look, EVERY);
      return undefined;
    };
    look();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, []);
  return { rows, failure };
}

function Nothing({ language }) {
  return html`<section class="overview" id="task" tabindex="-1">
    <h1>${word(language, "overview")}</h1>
    <p>${word(language, "noLabs")}</p>
    <p><code>${word(language, "startOne")}</code></p>
  </section>`;
}

function Numbers({ rows, language, onFilter }) {
  const completed = rows.filter((row) => row.phase === "Completed").length;
  const stuck = rows.filter((row) => row.stuckOn).length;
  const worst = mostFailed(rows).slice(0, 3);
  return html`<div class="numbers-row">
    <p><strong>${word(language, "labCount", { count: rows.length })}</strong></p>
    <p>${word(language, "completedCount", { count: completed })}</p>
    <p>${word(language, "stuckCount", { count: stuck })}</p>
    ${
      worst.length
        ? html`<div class="worst"><span>${word(language, "mostFail")}</span>
          ${worst.map(
            ({ lab, check, count }) =>
              html`<button type="button" onClick=${() => onFilter(`${lab} ${check}`)}>
                ${lab} / ${check} <strong>${count}</strong>
              </button>`,
          )}
        </div>`
        : null
    }
  </div>`;
}

function Table({ rows, order, setOrder, language }) {
  const sort = (column) => setOrder({ column, descending: order.column === column && !order.descending });
  const now = Date.now();
  return html`<div class="table" role="group" tabindex="0" aria-label=${word(language, "table")}>
    <table>
      <thead><tr>
        ${COLUMNS.map((column) => {
          const current = order.column === column;
          return html`<th scope="col" aria-sort=${current ? (order.descending ? "descending" : "ascending") : "none"}>
            <button type="button" onClick=${() => sort(column)}>
              ${word(language, column)}
              <span aria-hidden="true">${current ? (order.descending ? "▼" : "▲") : ""}</span>
            </button>
          </th>`;
        })}
      </tr></thead>
      <tbody>
        ${rows.map((row) => html`<${Row} key=${`${row.namespace}/${row.name}`} ...${{ row, now, language }} />`)}
      </tbody>
    </table>
  </div>`;
}

function Row({ row, now, language }) {
  const since = moment(row.stuckOn?.since);
  const [done, of] = String(row.progress ?? "0/0")
    .split("/")
    .map(Number);
  const to = `#/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}`;
  return html`<tr>
    <td>${row.learner || row.namespace}</td>
    <th scope="row"><a href=${to}>${said(row.title, language) || row.name}</a><br /><code>${row.name}</code></th>
    <td><span class=${`phase ${row.phase}`}>${word(language, row.phase)}</span></td>
    <td>
      <progress max=${of || 1} value=${done || 0} aria-label=${word(language, "progress")}></progress>
      ${row.progress}
    </td>
    <td class="number">${row.score ?? 0}/${row.maxScore ?? 0}</td>
    <td>${row.stuckOn ? html`<code>${row.stuckOn.check}</code>` : "–"}</td>
    <td class="number">${since ? duration(now - since, language) : "–"}</td>
  </tr>`;
}

function save(rows) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(rows, Date.now())], { type: "text/csv;charset=utf-8" }));
  link.download = "labs.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
