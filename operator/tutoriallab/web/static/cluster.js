/** The cluster's side: Services, owners, nodes and pods of one moment. Only what is different is drawn anew. */
import { animate, places } from "./flip.js";
import { columns, homeless, moved, parts, tileSize, trees } from "./layout.js";
import { Legend } from "./legend.js";
import { NodeColumn, Tiles } from "./node.js";
import { ObjectSheet } from "./object.js";
import { Pure } from "./pure.js";
import { drawLines, Lines, Services } from "./services.js";
import { html } from "./vendor/htm-preact.js";
import { Workloads } from "./workloads.js";
import { word } from "./words.js";

/** With more objects than these only moves of their own are animated: of so many at once, after so many ms of rest. */
const CROWD = 160;
const FEW = 20;
const QUIET = 1000;

export class Cluster extends Pure {
  constructor() {
    super();
    this.state = { by: "node", open: "", looked: "", active: "" };
    this.map = { current: null };
    this.lines = { current: null };
    /** Where tiles stood when they were measured last, as long as nothing else has changed since. */
    this.placed = null;
    /** When something stood elsewhere last, as performance.now() tells. */
    this.stirred = 0;
    this.redraw = () => {
      this.placed = null;
      this.drawLines();
    };
    this.onLook = (looked) => this.setState({ looked });
    this.onClick = (event) => this.click(event);
    this.onKey = (event) => this.key(event);
    this.onClose = () => this.setState({ open: "" });
  }

  componentDidMount() {
    this.observer = new ResizeObserver(this.redraw);
    this.observer.observe(this.map.current);
    this.drawLines();
  }

  componentWillUnmount() {
    this.observer.disconnect();
  }

  /** Where tiles stand before the map changes; null when none of them will be elsewhere, or no eye could follow. */
  getSnapshotBeforeUpdate(props, state) {
    const others = state.by === this.state.by ? moved(props.state.items, this.props.state.items) : [];
    if (!others) return null;
    const quiet = performance.now() - this.stirred > QUIET;
    this.stirred = performance.now();
    if (!this.crowded) return this.placed ?? places(this.map.current);
    // In a crowd the eye follows who goes somewhere, not who makes room, and not when many go one after the other.
    return quiet && others.length < FEW ? places(this.map.current, others) : null;
  }

  componentDidUpdate(_props, _state, before) {
    const after = before?.size ? places(this.map.current, this.crowded ? [...before.keys()] : null) : null;
    this.placed = this.crowded ? null : after;
    if (after) animate(before, after);
    this.drawLines();
  }

  get crowded() {
    return this.props.state.items.size > CROWD;
  }

  drawLines() {
    if (this.map.current) drawLines(this.lines.current, this.map.current, this.services, this.state.looked);
  }

  click(event) {
    const target = event.target.closest("[data-open]");
    if (target)
      this.setState({
        open: target.dataset.uid ?? target.dataset.of,
        active: target.dataset.uid ?? this.state.active,
      });
  }

  /** Arrows lead from tile to tile, as in a grid: hundreds of tiles are one stop of the Tab key. */
  key(event) {
    const here = event.target.closest?.("[data-uid]");
    const tiles = here && [...this.map.current.querySelectorAll("[data-uid]")];
    const to = tiles && next(tiles, here, event.key);
    if (!to) return;
    event.preventDefault();
    this.setState({ active: to.dataset.uid }, () => to.focus());
  }

  render({ state, lab, language, path }, { by, open, active }) {
    const { items } = state;
    const all = parts(items);
    this.services = all.services;
    const view = {
      size: tileSize(all.pods.length),
      active: items.has(active) ? active : all.pods[0]?.uid,
      language,
    };
    const withPods = by === "owner";
    return html`<section class="cluster" id="cluster" tabindex="-1" aria-label=${word(language, "cluster")}>
      <header class="cluster-head">
        <h2>${word(language, "cluster")}</h2>
        <${Legend} pods=${all.pods} items=${items} language=${language} />
        <div class="switch" role="group" aria-label=${word(language, "groupBy")}>
          ${["node", "owner"].map((one) => this.choice(one, language))}
        </div>
      </header>
      <div class=${`map ${view.size}`} ref=${this.map} onClick=${this.onClick} onKeyDown=${this.onKey}>
        <${Lines} svg=${this.lines} />
        <${Services} services=${all.services} view=${view} onLook=${this.onLook} />
        <${Workloads} trees=${trees(all, items)} view=${view} withPods=${withPods} />
        ${!withPods && nodes({ all, items, lab, view })}
        ${!all.pods.length && html`<p class="quiet">${word(language, "nothing")}</p>`}
      </div>
      ${open && this.sheet(items.get(open))}
    </section>`;
  }

  sheet(item) {
    const { path, language, state } = this.props;
    const shared = { path, language, items: state.items, onClose: this.onClose };
    return html`<${ObjectSheet} key=${this.state.open} uid=${this.state.open} item=${item} ...${shared} />`;
  }

  choice(one, language) {
    const name = word(language, one === "node" ? "byNode" : "byOwner");
    const choose = () => this.setState({ by: one });
    return html`<button type="button" aria-pressed=${String(this.state.by === one)} onClick=${choose}>${name}</button>`;
  }
}

/** What no node takes stands before the nodes; what no node was sought for yet behind them, so that they stay put. */
function nodes({ all, items, lab, view }) {
  const without = homeless(all.pods, items);
  return html`<${Homeless} reasons=${without.filter(({ reason }) => reason)} view=${view} />
    <div class="nodes">
      ${columns(all, items, lab.nodes).map(
        (column) => html`<${NodeColumn} key=${column.node.name} column=${column} view=${view} />`,
      )}
    </div>
    <${Homeless} reasons=${without.filter(({ reason }) => !reason)} view=${view} />`;
}

function Homeless({ reasons, view }) {
  if (!reasons.length) return null;
  return html`<section class="homeless" aria-label=${word(view.language, "noNode")}>
    <h3>${word(view.language, "noNode")}</h3>
    ${reasons.map(
      ({ reason, groups }) => html`<div key=${reason}>
        ${reason && html`<p class="reason">${reason}</p>`}
        ${groups.map((group) => html`<${Tiles} key=${group.key} group=${group} view=${view} />`)}
      </div>`,
    )}
  </section>`;
}

const AHEAD = { ArrowRight: 1, ArrowLeft: -1 };

/** The tile that an arrow leads to: the next in reading order, or the nearest in the row above or below. */
function next(tiles, here, key) {
  const index = tiles.indexOf(here);
  if (key === "Home") return tiles[0];
  if (key === "End") return tiles.at(-1);
  if (AHEAD[key]) return tiles[index + AHEAD[key]];
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
  const down = key === "ArrowDown";
  const beyond = tiles.filter((tile) =>
    down ? tile.offsetTop > here.offsetTop : tile.offsetTop < here.offsetTop,
  );
  const distance = (tile) =>
    3 * Math.abs(tile.offsetTop - here.offsetTop) + Math.abs(tile.offsetLeft - here.offsetLeft);
  return beyond.sort((a, b) => distance(a) - distance(b))[0];
}
