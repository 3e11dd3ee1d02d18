/** Pods over time as stacked steps, with the Deployment's limits as lines, and verdicts as marks above. */
import { VERDICT_SIGNS } from "./check.js";
import { Pure } from "./pure.js";
import { LAYERS, columnsOf } from "./series.js";
import { clock, said } from "./text.js";
import { html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** Pixels above the areas for marks, below for times. */
const ABOVE = 24;
const BELOW = 20;

/**
 * Drawn anew when its window has moved, not with every point in it.
 *
 * @param {{series: object, from: number, to: number, at: number, width: number, height: number,
 *   language: string}} props `at` is the moment that is shown.
 */
export class Chart extends Pure {
  render(what) {
    return drawn(what);
  }
}

function drawn({ series, from, to, at, width, height, language }) {
  const points = columnsOf(series.points, from, to, width);
  const most = Math.max(
    3,
    ...points.map((point) =>
      Math.max(
        LAYERS.reduce((sum, layer) => sum + point[layer], 0),
        point.atMost ?? 0,
        point.desired,
      ),
    ),
  );
  const y = (count) => height - BELOW - (count / (most * 1.08)) * (height - ABOVE - BELOW);
  const x = (t) => ((t - from) / Math.max(1, to - from)) * width;
  const end = Math.min(width, x(Math.max(to, from + 1)));
  return html`<svg class="chart" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="ending" width="6" height="6" /><line class="stripe" x1="0" y1="0" x2="0" y2="6" />
      </pattern>
    </defs>
    ${grid(most, y, width)}
    ${areas(points, y, end)}
    ${limit(points, "desired", "desired", y, end)}
    ${limit(points, "atMost", "at-most", y, end)}
    ${limit(points, "atLeast", "at-least", y, end)}
    ${limit(points, "updated", "updated", y, end)} ${limit(points, "bottom", "available", y, end)}
    ${times(from, to, x, height)}
    ${marks(series.turns, { from, to, x, language })}
    <line class="cursor" x1=${x(at)} x2=${x(at)} y1="0" y2=${height - BELOW} />
  </svg>`;
}

/** Each layer between the sum below it and its own. */
function areas(points, y, end) {
  const below = points.map(() => 0);
  return LAYERS.map((layer) => {
    const floor = [...below];
    points.forEach((point, index) => (below[index] += point[layer]));
    if (below.every((count, index) => count === floor[index])) return null;
    const path = `${steps(points, below, y, end)}${back(points, floor, y, end)}Z`;
    return html`<path class=${`area ${layer}`} d=${path} />`;
  });
}

function steps(points, counts, y, end) {
  const parts = points.map(
    (point, index) =>
      `${index ? `H${point.x.toFixed(1)}V` : `M${point.x.toFixed(1)} `}${y(counts[index]).toFixed(1)}`,
  );
  return `${parts.join("")}H${end.toFixed(1)}`;
}

function back(points, counts, y, end) {
  const parts = [`V${y(counts.at(-1) ?? 0).toFixed(1)}`];
  for (let index = points.length - 1; index >= 0; index -= 1) {
    parts.push(`H${points[index].x.toFixed(1)}`);
    if (index) parts.push(`V${y(counts[index - 1]).toFixed(1)}`);
  }
  return points.length ? parts.join("") : `V${end}`;
}

/** A line of one field; broken where it is not known. */
function limit(points, field, name, y, end) {
  let path = "";
  let drawing = false;
  for (const point of points) {
    const value = point[field];
    if (value === null || value === undefined) {
      if (drawing) path += `H${point.x.toFixed(1)}`;
      drawing = false;
    } else {
      path += drawing
        ? `H${point.x.toFixed(1)}V${y(value).toFixed(1)}`
        : `M${point.x.toFixed(1)} ${y(value).toFixed(1)}`;
      drawing = true;
    }
  }
  if (drawing) path += `H${end.toFixed(1)}`;
  return path && html`<path class=${`limit ${name}`} d=${path} />`;
}

function grid(most, y, width) {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => most / size <= 5) ?? 2000;
  const made = [];
  for (let count = 0; count <= most; count += step) {
    made.push(
      html`<line class="grid" x1="0" x2=${width} y1=${y(count)} y2=${y(count)} />
        <text class="number" x="2" y=${y(count) - 3}>${count}</text>`,
    );
  }
  return made;
}

const EVERY = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600].map(
  (seconds) => seconds * 1000,
);

function times(from, to, x, height) {
  const most = Math.max(2, Math.min(8, x(to) / 90));
  const step = EVERY.find((size) => (to - from) / size <= most) ?? Math.ceil((to - from) / most);
  const made = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
    if (x(t) < 30 || x(to) - x(t) < 30) continue;
    made.push(html`<text class="time" x=${x(t)} y=${height - 5}>${clock(t)}</text>`);
  }
  return made;
}

function marks(turns, { from, to, x, language }) {
  return turns
    .filter((turn) => turn.t >= from && turn.t <= to)
    .map(
      (
        turn,
      ) => html`<g
        class=${`turn ${turn.verdict}${turn.step ? " whole" : ""}`}
        transform=${`translate(${Math.min(Math.max(x(turn.t), 10), x(to) - 10).toFixed(1)} 10)`}
      >
        <title>${clock(turn.t)} ${word(language, turn.verdict)}: ${said(turn.says, language)}</title>
        <circle r="8" /><text y="4">${VERDICT_SIGNS[turn.verdict]}</text>
      </g>`,
    );
}
