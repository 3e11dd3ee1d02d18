/** The labs of a class as rows: sorted, filtered, counted, and as CSV. Pure. */
import { moment, said } from "./text.js";

/** What each column sorts by; of equal rows the name decides. */
const BY = {
  learner: (row) => row.learner || row.namespace,
  lab: (row) => row.name,
  phase: (row) => row.phase,
  progress: (row) => share(row.progress),
  points_: (row) => (row.maxScore ? (row.score ?? 0) / row.maxScore : 0),
  stuck: (row) => (row.stuckOn ? `${row.name} ${row.stuckOn.check}` : "\uffff"),
  stuckFor: (row) => moment(row.stuckOn?.since) || Infinity,
};

export const COLUMNS = Object.keys(BY);

export function sorted(rows, column, descending) {
  const of = BY[column];
  const sign = descending ? -1 : 1;
  return [...rows].sort(
    (a, b) => sign * compared(of(a), of(b)) || compared(a.name, b.name) || compared(a.namespace, b.namespace),
  );
}

/** Rows in which each word of a text stands somewhere. */
export function filtered(rows, text, language) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = (row) =>
    [row.learner, row.namespace, row.name, row.phase, row.step, row.stuckOn?.check, said(row.title, language)]
      .join(" ")
      .toLowerCase();
  return rows.filter((row) => words.every((one) => whole(row).includes(one)));
}

/** The checks on which most are stuck, most first. @returns {{lab: string, check: string, count: number}[]} */
export function mostFailed(rows) {
  const counts = new Map();
  for (const { name, stuckOn } of rows) {
    if (!stuckOn) continue;
    const key = JSON.stringify([name, stuckOn.check]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ lab: JSON.parse(key)[0], check: JSON.parse(key)[1], count }))
    .sort((a, b) => b.count - a.count || compared(a.check, b.check));
}

/** RFC 4180, with a mark by which spreadsheets read it as UTF-8. */
export function csv(rows, now) {
  const head = [
    "namespace",
    "lab",
    "phase",
    "progress",
    "score",
    "maxScore",
    "step",
    "stuckOn",
    "stuckSince",
    "stuckSeconds",
  ];
  const lines = rows.map((row) => {
    const at = moment(row.stuckOn?.since);
    const since = at ? new Date(at).toISOString() : "";
    const seconds = at ? Math.round((now - at) / 1000) : "";
    return [
      row.namespace,
      row.name,
      row.phase,
      row.progress,
      row.score ?? 0,
      row.maxScore ?? 0,
      row.step,
      row.stuckOn?.check ?? "",
      since,
      seconds,
    ];
  });
  return `\ufeff${[head, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A cell that begins like a formula is none: spreadsheets would compute it. */
function cell(value) {
  const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function share(progress) {
  const [done, of] = String(progress ?? "")
    .split("/")
    .map(Number);
  return of ? done / of : 0;
}

function compared(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
