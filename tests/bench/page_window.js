/** What bench J looks at in the page: which tile turned when, when that was on the screen, and how long frames took. */
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const stateOf = (tile) => tile.classList[2];
  const known = new Map();
  for (const tile of document.querySelectorAll(".tile")) known.set(tile.dataset.uid, stateOf(tile));

  /** turns: [uid, state, when the tile was so, when the frame after began]; draws: how often the map was changed. */
  const bench = { now, turns: [], draws: 0, frames: [], scripts: [], running: false };

  new MutationObserver((changes) => {
    const at = now();
    bench.draws += 1;
    const turned = [];
    for (const { target } of changes) {
      const tile = target.closest?.(".tile");
      if (!tile || known.get(tile.dataset.uid) === stateOf(tile)) continue;
      known.set(tile.dataset.uid, stateOf(tile));
      turned.push([tile.dataset.uid, stateOf(tile), at]);
    }
    if (turned.length)
      requestAnimationFrame(() => {
        const shown = now();
        bench.turns.push(...turned.map((one) => [...one, shown]));
      });
  }).observe(document.querySelector(".map"), {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["class"],
  });

  new PerformanceObserver((list) => {
    if (bench.running) for (const one of list.getEntries()) bench.scripts.push(one.duration);
  }).observe({ type: "longtask" });

  // When each frame began, as scripts see it: not the moment for which it was planned.
  const frame = () => {
    if (!bench.running) return;
    bench.frames.push(performance.now());
    requestAnimationFrame(frame);
  };
  bench.begin = () => {
    Object.assign(bench, { draws: 0, frames: [], scripts: [], running: true });
    requestAnimationFrame(frame);
  };
  bench.end = () => {
    bench.running = false;
    const { draws, frames, scripts } = bench;
    return { draws, frames, scripts };
  };
  window.bench = bench;
})();
