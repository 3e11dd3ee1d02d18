/** Time: the chart as a slider over the record, playing, stepping from change to change, and back to live. */
import { Chart } from "./chart.js";
import { VERDICT_SIGNS } from "./check.js";
import { usePlaying } from "./playing.js";
import { Series, deployments } from "./series.js";
import { clock, moment, said } from "./text.js";
import { html, useEffect, useMemo, useRef, useState } from "./vendor/htm-preact.js";
import { word } from "./words.js";

const SPEEDS = [0.5, 1, 2, 4, 8];
const HEIGHT = 150;
const MINUTES = [2, 10];
/** Milliseconds. */
const TICK = 250;

/**
 * @param {{record: object, position: ?number, setPosition: (position: ?number) => void, language: string,
 *   lab: object, replay: boolean}} props
 */
export function Timeline({ record, position, setPosition, language, lab, replay }) {
  const [view, setView] = useState(replay ? "all" : "step");
  const [of, setOf] = useState(null);
  const [speed, setSpeed] = useState(1);
  const choices = deployments(record);
  const chosen =
    choices.some((one) => one.uid === of) || of === "" ? of : choices.length === 1 ? choices[0].uid : "";
  const series = useMemo(() => new Series(record, chosen), [record, chosen]).advance();
  const [from, to] = span({ view, record, lab, replay });
  // The record grows between two drawings, and the slider draws itself anew when its width changes: it is told what
  // all else shows, not what the record has by then.
  const { first, last } = record;
  const here = position ?? last;
  const go = (wanted) => {
    const reached = Math.min(Math.max(wanted, record.first), record.last);
    setPosition(!replay && reached === record.last ? null : reached);
  };
  const [playing, setPlaying] = usePlaying({ record, here, go, speed });
  const at = position === null ? to : record.timeAt(here);
  return html`<section class="time" aria-label=${word(language, "time")}>
    <div class="controls">
      <${Buttons} ...${{ playing, setPlaying, here, go, record, language }} />
      <label>${word(language, "speed")}
        <select value=${speed} onChange=${(event) => setSpeed(Number(event.target.value))}>
        ${SPEEDS.map((one) => html`<option value=${one}>${one}×</option>`)}
      </select></label>
      <${View} view=${view} setView=${setView} language=${language} />
      <${Which} choices=${choices} chosen=${chosen} setOf=${setOf} language=${language} />
      <output class="moment">${position === null ? word(language, "live") : clock(at)}</output>
      ${!replay &&
      position !== null &&
      html`<button type="button" onClick=${() => setPosition(null)}>
        ${word(language, "backToLive")}
      </button>`}
    </div>
    <${Slider} ...${{ series, from, to, at, here, first, last, go, record, language }} />
    <${Key} limited=${series.points.at(-1)?.atMost !== null} chosen=${chosen} language=${language} />
    <${Turns} turns=${series.turns} go=${go} language=${language} />
  </section>`;
}

function Buttons({ playing, setPlaying, here, go, record, language }) {
  const still = record.last === record.first;
  const button = (name, sign, disabled, act) =>
    html`<button
      type="button"
      title=${word(language, name)}
      aria-label=${word(language, name)}
      disabled=${disabled}
      onClick=${act}
    >${sign}</button>`;
  return html`<div class="buttons-row">
    ${button("previous", "◀", here <= record.first, () => go(here - 1))}
    ${button(playing ? "pause" : "play", playing ? "❚❚" : "▶", still, () => setPlaying(!playing))}
    ${button("nextChange", "▶❙", here >= record.last, () => go(here + 1))}
  </div>`;
}

function View({ view, setView, language }) {
  return html`<label>${word(language, "window")}
    <select value=${view} onChange=${(event) => setView(event.target.value)}>
    <option value="all">${word(language, "all")}</option>
    <option value="step">${word(language, "thisStep")}</option>
    ${MINUTES.map((count) => html`<option value=${String(count)}>${word(language, "lastMinutes", { count })}</option>`)}
  </select></label>`;
}

function Which({ choices, chosen, setOf, language }) {
  if (!choices.length) return null;
  return html`<label>
    <span class="unseen">${word(language, "pods")}</span>
    <select value=${chosen} onChange=${(event) => setOf(event.target.value)}>
    <option value="">${word(language, "everyPod")}</option>
    ${choices.map((one) => html`<option value=${one.uid}>${one.name}</option>`)}
    </select>
  </label>`;
}

/** From when to when the chart shows. Live it ends now; a moment before the window moves its beginning. */
function span({ view, record, lab, replay }) {
  const first = record.timeAt(record.first);
  const last = record.timeAt(record.last);
  // Live it moves on four times a second: hundreds of pods may change more often, and no eye would follow.
  const now = Math.ceil(Math.max(last, Date.now()) / TICK) * TICK;
  const to = Math.max(replay ? last : now, first + 1000);
  if (view === "all") return [first, to];
  if (view !== "step") return [Math.max(first, to - Number(view) * 60000), to];
  const open = lab.steps.find((step) => step.state === "Open");
  const opened = moment(open?.openedAt);
  return [opened ? Math.min(Math.max(first, opened - 1000), to - 1000) : first, to];
}

/** The chart is the slider: dragged with a pointer, moved with the arrows from change to change. */
function Slider({ series, from, to, at, here, first, last, go, record, language }) {
  const [box, width] = useWidth();
  const drag = (event) => {
    if (event.type === "pointermove" && !event.buttons) return;
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    const { left } = event.currentTarget.getBoundingClientRect();
    go(record.positionAt(from + ((event.clientX - left) / Math.max(1, width)) * (to - from)));
  };
  const key = (event) => {
    const wanted = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      PageDown: here - 10,
      PageUp: here + 10,
      Home: first,
      End: last,
    }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    go(wanted);
  };
  const point = series.points.findLast((one) => one.position <= here) ?? series.points[0];
  const told = `${clock(at)}, ${word(language, "chartSays", point)}`;
  return html`<div
    ref=${box}
    class="slider"
    role="slider"
    tabindex="0"
    aria-label=${word(language, "chart")}
    aria-valuemin=${first}
    aria-valuemax=${last}
    aria-valuenow=${here}
    aria-valuetext=${told}
    onPointerDown=${drag}
    onPointerMove=${drag}
    onKeyDown=${key}
  >
    ${width > 0 && html`<${Chart} ...${{ series, from, to, at, width, language }} height=${HEIGHT} />`}
  </div>`;
}

function useWidth() {
  const box = useRef(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

const LINES = [
  ["available", "available"],
  ["updated", "newVersion"],
];
const LIMITS = [
  ["at-most", "atMost"],
  ["at-least", "atLeast"],
];

function Key({ limited, chosen, language }) {
  const layers = ["ready", "running", "waiting", "failing", "ending"];
  const lines = [["desired", "desired"], ...(chosen ? LINES : []), ...(chosen && limited ? LIMITS : [])];
  const swatch = (name, says) =>
    html`<li><span class=${`swatch ${name}`} aria-hidden="true"></span>${word(language, says)}</li>`;
  return html`<ul class="chart-key">
    ${layers.map((layer) => swatch(layer, `state_${layer}`))}
    ${lines.map(([name, says]) => swatch(`line ${name}`, says))}
  </ul>`;
}

/** Each verdict that turned leads to its moment. */
function Turns({ turns, go, language }) {
  if (!turns.length) return null;
  return html`<details class="turns">
    <summary>${word(language, "verdicts")} (${turns.length})</summary>
    <ol>
      ${turns.map(
        (turn) => html`<li><button type="button" class=${turn.verdict} onClick=${() => go(turn.position)}>
          <span>${clock(turn.t)}</span> <span aria-hidden="true">${VERDICT_SIGNS[turn.verdict]}</span>
          <strong>${word(language, turn.verdict)}</strong> ${said(turn.says, language).replace(/[\`*]/g, "")}
        </button></li>`,
      )}
    </ol>
  </details>`;
}
