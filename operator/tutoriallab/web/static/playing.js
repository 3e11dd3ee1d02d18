/** Playing a record from where it stands: as fast as asked for, but no one waits through quiet minutes. */
import { useEffect, useRef, useState } from "./vendor/htm-preact.js";

/** Milliseconds of the record that are waited at most for its next change, at speed 1. */
const QUIET = 1500;

/** @returns {[boolean, (playing: boolean) => void]} */
export function usePlaying({ record, here, go, speed }) {
  const [playing, setPlaying] = useState(false);
  const newest = useRef({});
  newest.current = { here, go, speed };
  useEffect(() => {
    if (!playing) return undefined;
    const { here: start, go: move } = newest.current;
    if (start >= record.last) move(record.first);
    let shown = start >= record.last ? record.first : start;
    let at = record.timeAt(shown);
    let before = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      const told = newest.current;
      // Whoever drags the slider while it plays goes on from there.
      if (told.here !== shown) [shown, at] = [told.here, record.timeAt(told.here)];
      at = advanced(record, shown, at, (now - before) * told.speed, told.speed);
      before = now;
      const position = record.positionAt(at);
      if (position !== shown) told.go((shown = position));
      if (position >= record.last) setPlaying(false);
      else frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, record]);
  return [playing, setPlaying];
}

/** The next moment: so much later, and no further than QUIET before the next change. Pure. */
export function advanced(record, position, at, elapsed, speed) {
  const next = record.timeAt(Math.min(position + 1, record.last));
  return Math.max(at + elapsed, next - QUIET * speed);
}
