/**
 * Pods over time, beside what their Deployment allows, and the verdicts that turned: what the chart draws. Pure.
 *
 * It goes on where it was when the record has grown, and begins anew when the record's oldest changes are gone.
 *
 * @typedef {{t: number, position: number, ready: number, running: number, waiting: number, failing: number,
 *   ending: number, desired: number, available: ?number, updated: ?number, atMost: ?number, atLeast: ?number}} Point
 * @typedef {{t: number, position: number, what: string, verdict: string, says: object}} Turn
 */
import { podState } from "./pod_state.js";

/** From the bottom of the chart to its top: those that count for the Deployment's limits first. */
export const LAYERS = ["ready", "running", "waiting", "failing", "ending"];

export class Series {
  /** @param {import("./record.js").Record} record @param {string} of UID of a Deployment; "" for all pods */
  constructor(record, of = "") {
    this.record = record;
    this.of = of;
    this.begin();
  }

  begin() {
    const { record } = this;
    this.first = this.position = record.first;
    /** @type {Point[]} */
    this.points = [];
    /** @type {Turn[]} */
    this.turns = [];
    /** @type {number[]} Positions that follow a time when the operator was away. */
    this.gaps = [];
    this.owners = new Map();
    this.states = new Map();
    this.workloads = new Map();
    this.verdicts = null;
    if (record.empty) return;
    const state = record.at(record.first);
    this.put([...state.items.values()]);
    this.turn(state.lab, state.t);
    this.note(state.t);
  }

  /** Takes in what the record has got since. */
  advance() {
    if (this.record.first !== this.first || !this.points.length) this.begin();
    while (this.position < this.record.last) {
      this.position += 1;
      const change = this.record.changeTo(this.position);
      for (const uid of change.gone ?? []) this.forget(uid);
      this.put(change.put ?? []);
      if (change.gap) this.gaps.push(this.position);
      if (change.lab) this.turn(change.lab, change.t);
      this.note(change.t);
    }
    return this;
  }

  put(items) {
    // Owners first: a pod and its new ReplicaSet may come in one change, in any order.
    for (const item of items) if (item.owner) this.owners.set(item.uid, item.owner);
    for (const item of items) {
      if (item.kind === "Pod") this.states.set(item.uid, podState(item));
      else if (WANTING.has(item.kind)) this.workloads.set(item.uid, item);
    }
  }

  forget(uid) {
    this.states.delete(uid);
    this.workloads.delete(uid);
  }

  note(t) {
    const counts = Object.fromEntries(LAYERS.map((layer) => [layer, 0]));
    for (const [uid, state] of this.states) {
      if (state !== "done" && (!this.of || this.root(uid) === this.of)) counts[state] += 1;
    }
    const point = { t, position: this.position, ...counts, ...this.wanted() };
    if (this.points.at(-1)?.t === t) this.points.pop();
    this.points.push(point);
  }

  /** What is desired, and the limits where one Deployment is looked at. */
  wanted() {
    if (!this.of) {
      const roots = [...this.workloads.values()].filter((one) => !one.owner);
      return { desired: sum(roots, "desired"), available: null, updated: null, atMost: null, atLeast: null };
    }
    const one = this.workloads.get(this.of);
    if (!one) return { desired: 0, available: null, updated: null, atMost: null, atLeast: null };
    const limited = Number.isFinite(one.maxSurge) && Number.isFinite(one.maxUnavailable);
    return {
      desired: one.desired,
      available: one.available ?? 0,
      updated: one.updated ?? 0,
      atMost: limited ? one.desired + one.maxSurge : null,
      atLeast: limited ? one.desired - one.maxUnavailable : null,
    };
  }

  root(uid) {
    let at = uid;
    for (let depth = 0; depth < 5 && this.owners.has(at); depth += 1) at = this.owners.get(at);
    return at;
  }

  /** Verdicts that are others than before, and steps that passed. */
  turn(lab, t) {
    const now = new Map();
    for (const step of lab?.steps ?? []) {
      now.set(step.name, { verdict: step.state === "Passed" ? "Passed" : "", says: step.title, step: true });
      for (const check of step.checks ?? [])
        now.set(`${step.name}/${check.name}`, { verdict: check.verdict, says: check.says });
    }
    for (const [what, { verdict, says, step }] of this.verdicts ? now : []) {
      const before = this.verdicts.get(what)?.verdict ?? "";
      if (verdict && verdict !== before)
        this.turns.push({ t, position: this.position, what, verdict, says, step: Boolean(step) });
    }
    this.verdicts = now;
  }
}

const WANTING = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]);

/** The Deployments that a record has seen, by their last name: what can be chosen. */
export function deployments(record) {
  const made = new Map();
  for (const item of record.live?.items.values() ?? [])
    if (item.kind === "Deployment") made.set(item.uid, item.name);
  return [...made].map(([uid, name]) => ({ uid, name })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The points of a window, no two closer than a column of the picture; the first stands at the window's start.
 * Of the points of one column the last is kept, with the column's extremes: a limit broken for a moment shows.
 */
export function columnsOf(points, from, to, width) {
  const made = [];
  const begin = lastAt(points, from);
  for (let index = Math.max(0, begin); index < points.length && points[index].t <= to; index += 1) {
    const point = points[index];
    const x = Math.max(0, ((point.t - from) / Math.max(1, to - from)) * width);
    const before = made.at(-1);
    if (before && x - before.x < 1) made[made.length - 1] = merged(before, point);
    else made.push({ ...point, x, top: counted(point), bottom: point.available });
  }
  return made;
}

/** Pods that count for maxSurge: those that are ending do not. */
export function counted(point) {
  return point.ready + point.running + point.waiting + point.failing;
}

function merged(before, point) {
  const bottom =
    before.bottom === null || point.available === null
      ? point.available
      : Math.min(before.bottom, point.available);
  return { ...point, x: before.x, top: Math.max(before.top, counted(point)), bottom };
}

/** The index of the last point at a time or before it; -1 where there is none. */
function lastAt(points, t) {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].t <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function sum(list, field) {
  return list.reduce((total, one) => total + (one[field] ?? 0), 0);
}
