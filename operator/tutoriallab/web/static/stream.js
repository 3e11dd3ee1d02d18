/**
 * What comes from the server of one lab: resumed by itself, and honest about when it is away.
 *
 * A browser tries again by itself after a lost connection, but gives up for good after an answer that is no stream
 * (a proxy's 502, a restart that is not over yet): then this tries again, slower each time.
 */
import { refusalOf } from "./api.js";

/** Milliseconds before the first try of our own, and at most. */
const PATIENCE = 1000;
const MOST_PATIENCE = 15000;
/** Milliseconds for which a lab that is not there any more may be one that a restarted operator does not know yet. */
const NOT_KNOWN_YET = 10000;

export class Stream {
  /**
   * @param {string} path
   * @param {{onMessage: (message: object) => void, onState: (state: string, refusal?: Error) => void}} listener
   *   States: "connecting", "live", "away", "gone" (the lab is deleted), "refused" (with the refusal: nobody is signed
   *   in, or this viewer may not see the lab, or not any more; for the latter it is tried again).
   */
  constructor(path, listener) {
    this.path = path;
    this.listener = listener;
    this.lastId = "";
    this.patience = PATIENCE;
    this.closed = false;
    this.refused = false;
    this.missedAt = 0;
    this.timer = 0;
    listener.onState("connecting");
    this.open();
  }

  open() {
    const query = this.lastId ? `?after=${encodeURIComponent(this.lastId)}` : "";
    this.source = new EventSource(this.path + query);
    this.source.onopen = () => {
      this.patience = PATIENCE;
      this.refused = false;
      this.missedAt = 0;
      this.listener.onState("live");
    };
    this.source.onerror = () => this.lost();
    for (const kind of ["base", "change"])
      this.source.addEventListener(kind, (event) => this.got(kind, event));
    this.source.addEventListener("gone", () => this.end("gone"));
    this.source.addEventListener("refused", () => this.again(true));
  }

  got(kind, event) {
    this.lastId = event.lastEventId || this.lastId;
    this.listener.onMessage({ ...JSON.parse(event.data), base: kind === "base", size: event.data.length });
  }

  async lost() {
    if (this.closed) return;
    if (!this.refused) this.listener.onState("away");
    if (this.source.readyState === EventSource.CLOSED) await this.again(!this.lastId);
  }

  /** @param {boolean} certain Whether a lab that is not there is one that this viewer may not see. */
  async again(certain) {
    this.source.close();
    const refusal = await this.refusal();
    if (this.closed) return;
    if (refusal?.status === 401) return this.end("refused", refusal);
    if (refusal) this.missedAt ||= Date.now();
    if (refusal && (certain || Date.now() - this.missedAt > NOT_KNOWN_YET)) {
      this.refused = true;
      this.lastId = "";
      this.listener.onState("refused", refusal);
    }
    this.timer = setTimeout(() => this.open(), this.patience);
    this.patience = Math.min(2 * this.patience, MOST_PATIENCE);
  }

  /** Why the server does not let this viewer in; null when it is merely away. EventSource does not tell. */
  async refusal() {
    const asking = new AbortController();
    try {
      const answer = await fetch(this.path, { credentials: "same-origin", signal: asking.signal });
      return [401, 403, 404].includes(answer.status) ? await refusalOf(answer) : null;
    } catch {
      return null;
    } finally {
      asking.abort();
    }
  }

  end(state, refusal) {
    this.close();
    this.listener.onState(state, refusal);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.source?.close();
  }
}
