/**
 * When to draw: at once what comes alone, at most once a frame what comes in a row, and more rarely what takes long to
 * draw, so that the page answers to whoever uses it.
 */

/** Milliseconds that a drawing may take, with what the browser makes of it, without a pause behind it. */
const LIGHT = 20;
/** After a longer one it pauses so many times as long, and at most so many milliseconds. */
const REST = 2;
const MOST = 100;

export class Drawer {
  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
    this.wanted = false;
    this.busy = false;
    this.frame = 0;
    this.timer = 0;
    /** What comes behind a frame: the browser has drawn it by then. */
    this.behind = new MessageChannel();
  }

  /** There is something new. */
  want() {
    this.wanted = true;
    if (!this.busy) this.begin();
  }

  begin() {
    this.wanted = false;
    this.busy = true;
    const begun = performance.now();
    this.draw();
    // Scripts run as soon as this turn ends, the rest is the browser's, in the frame.
    queueMicrotask(() => this.await(performance.now() - begun));
  }

  await(scripts) {
    this.frame = requestAnimationFrame(() => {
      const framed = performance.now();
      this.behind.port1.onmessage = () => this.rest(scripts + performance.now() - framed);
      this.behind.port2.postMessage(null);
    });
  }

  rest(took) {
    this.timer = setTimeout(() => this.end(), took > LIGHT ? Math.min(REST * took, MOST) : 0);
  }

  end() {
    this.busy = false;
    if (this.wanted) this.begin();
  }

  close() {
    this.wanted = false;
    this.busy = true;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.behind.port1.close();
  }
}
