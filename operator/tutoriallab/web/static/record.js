/**
 * The record of a lab: a base and the changes after it, by which any moment can be had again. Pure.
 *
 * A position is a number of changes since the record began: `first` is the oldest moment that is kept, `last` is now.
 * The stream feeds it, the timeline asks it. It is bounded, in changes and in their characters, as the server's is: the
 * oldest are folded into the base.
 *
 * @typedef {{t: number, lab: ?object, items: Map<string, object>}} State
 * @typedef {{t: number, lab?: object, put: object[], gone: string[], gap?: boolean, size?: number}} Change `size` is
 *   that of its JSON.
 */

/** Changes between two states that are kept whole: a moment is never further than so many changes from one. */
const SPACING = 100;

export class Record {
  /**
   * @param {number} most How many changes are kept, roughly.
   * @param {number} mostSize How many characters of their JSON.
   */
  constructor(most = 20000, mostSize = 8 * 2 ** 20) {
    this.most = Math.max(most, 2 * SPACING);
    this.mostSize = mostSize;
    this.size = 0;
    /** @type {Change[]} */
    this.changes = [];
    /** @type {State[]} States after 0, SPACING, 2 × SPACING … changes. */
    this.frames = [];
    this.first = 0;
    this.working = null;
    this.shown = null;
    this.asked = null;
    /** UIDs that were told of: each change of a Service tells hundreds again, and is kept. */
    this.uids = new Map();
  }

  get empty() {
    return this.working === null;
  }

  get last() {
    return this.first + this.changes.length;
  }

  /** The newest state; the same object until something changes. */
  get live() {
    if (!this.shown && this.working) this.shown = snapshot(this.working);
    return this.shown;
  }

  /** Takes a base or a change, as the stream sends them. */
  take(message) {
    if (!message.base) return this.add(message);
    if (!this.empty) return this.add(difference(this.working, message));
    this.working = stateOf(message);
    this.frames = [snapshot(this.working)];
    this.shown = null;
  }

  /** @param {Change} change */
  add(change) {
    // Clocks are set back now and then; a timeline is not.
    const t = Math.max(change.t, this.working.t);
    for (const item of change.put ?? []) this.share(item);
    this.changes.push(t === change.t ? change : { ...change, t });
    apply(this.working, this.changes[this.changes.length - 1]);
    this.shown = null;
    if (this.changes.length % SPACING === 0) this.frames.push(snapshot(this.working));
    this.size += change.size ?? 0;
    while (this.frames.length > 1 && (this.changes.length > this.most || this.size > this.mostSize)) this.fold();
  }

  /** Has the UIDs of a Service's pods stand once in memory. */
  share(item) {
    for (const field of ["endpoints", "notReady"]) {
      if (!item[field]) continue;
      item[field] = item[field].map((uid) => {
        if (!this.uids.has(uid)) this.uids.set(uid, uid);
        return this.uids.get(uid);
      });
    }
  }

  /** Lets go a tenth of the changes, the oldest. */
  fold() {
    const frames = Math.max(1, Math.floor(this.frames.length / 10));
    this.frames.splice(0, frames);
    for (const change of this.changes.splice(0, frames * SPACING)) this.size -= change.size ?? 0;
    this.first += frames * SPACING;
    this.asked = null;
    this.uids.clear();
  }

  /** The state at a position; positions that are kept no more are the oldest that is. @returns {State} */
  at(position) {
    const wanted = Math.min(Math.max(position, this.first), this.last) - this.first;
    if (wanted === this.changes.length) return this.live;
    const frame = Math.floor(wanted / SPACING);
    let from = frame * SPACING;
    let state = this.frames[frame];
    const asked = this.asked;
    if (asked && asked.index <= wanted && asked.index > from) [from, state] = [asked.index, asked.state];
    if (from !== wanted) {
      state = snapshot(state);
      for (let index = from; index < wanted; index += 1) apply(state, this.changes[index]);
    }
    this.asked = { index: wanted, state };
    return state;
  }

  /** When a position was reached, in milliseconds since the epoch. */
  timeAt(position) {
    const index = Math.min(Math.max(position, this.first), this.last) - this.first;
    return index === 0 ? this.frames[0].t : this.changes[index - 1].t;
  }

  /** The last position that was reached at a time, or the oldest. */
  positionAt(t) {
    let [low, high] = [0, this.changes.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.changes[middle - 1].t <= t) low = middle;
      else high = middle - 1;
    }
    return this.first + low;
  }

  /** The change that leads to a position. @returns {?Change} */
  changeTo(position) {
    return this.changes[position - this.first - 1] ?? null;
  }

  /** As GET …/record answers. */
  static from({ base, changes }) {
    const made = new Record(Math.max(20000, changes.length + 1));
    made.take({ ...base, base: true });
    for (const change of changes) made.add(change);
    return made;
  }
}

function stateOf(base) {
  return { t: base.t, lab: base.lab ?? null, items: new Map(base.put.map((item) => [item.uid, item])) };
}

function snapshot(state) {
  return { t: state.t, lab: state.lab, items: new Map(state.items) };
}

function apply(state, change) {
  state.t = change.t;
  if (change.lab) state.lab = change.lab;
  for (const uid of change.gone ?? []) state.items.delete(uid);
  for (const item of change.put ?? []) state.items.set(item.uid, item);
}

/** A later base as one change: what was seen before stays in the record, and items that are the same stay the same. */
function difference(state, base) {
  const there = new Set(base.put.map((item) => item.uid));
  const put = base.put.filter((item) => JSON.stringify(state.items.get(item.uid)) !== JSON.stringify(item));
  const gone = [...state.items.keys()].filter((uid) => !there.has(uid));
  return { seq: base.seq, t: base.t, lab: base.lab, put, gone, gap: true, size: base.size };
}
