/** The lab's side of the page: its steps, the task, the checks as they turn, hints, score and debrief. */
import { html, useState } from "./vendor/htm-preact.js";
import { CheckRow } from "./check.js";
import { Prose } from "./copy.js";
import { Question } from "./question.js";
import { inline, said } from "./text.js";
import { word } from "./words.js";

/** @param {{lab: object, language: string, now: number, actions: ?object}} props No actions in the past or a replay. */
export function LabSide({ lab, language, now, actions }) {
  const done = lab.phase === "Completed";
  return html`<section class="lab" id="task" tabindex="-1" aria-label=${word(language, "task")}>
    <${Head} lab=${lab} language=${language} />
    <${Problem} lab=${lab} language=${language} />
    ${done && html`<${Debrief} lab=${lab} language=${language} />`}
    <ol class="steps" aria-label=${word(language, "steps")}>
      ${lab.steps.map(
        (step, index) =>
          html`<${Step} key=${step.name} ...${{ step, index, lab, language, now, actions }} />`,
      )}
    </ol>
    ${actions && html`<${Again} lab=${lab} language=${language} actions=${actions} />`}
  </section>`;
}

function Head({ lab, language }) {
  const passed = lab.steps.filter((step) => step.state === "Passed").length;
  const score = { score: lab.score ?? 0, most: lab.maxScore ?? 0 };
  return html`<header class="lab-head">
    <p class="facts">
      <span class=${`phase ${lab.phase}`}>${word(language, lab.phase)}</span>
      <span>${word(language, lab.difficulty ?? "")}</span>
      ${lab.minutes ? html`<span>${word(language, "minutes", { count: lab.minutes })}</span>` : null}
      <span class="namespace"><code>${lab.workspace}</code></span>
    </p>
    <h1>${inline(said(lab.title, language))}</h1>
    <p class="summary">${inline(said(lab.summary, language))}</p>
    <div class="progress">
      <progress max=${lab.steps.length} value=${passed} aria-label=${word(language, "progress")}></progress>
      <span>${lab.progress}</span>
      <span class="score">${word(language, "score", score)}</span>
    </div>
  </header>`;
}

/** What stands in the way, or what it is waiting for. */
function Problem({ lab, language }) {
  const waiting = !["Active", "Completed"].includes(lab.phase);
  if (!lab.problem && !(waiting && lab.next)) return null;
  return html`<div class=${`notice ${lab.problem ? "bad" : ""}`} role="status">
    ${lab.problem && html`<strong>${word(language, "problem")}</strong>`}
    <p>${lab.problem || lab.next}</p>
  </div>`;
}

function Debrief({ lab, language }) {
  const made = said(lab.debrief, language);
  return html`<section class="debrief" aria-labelledby="debrief">
    <h2 id="debrief">${word(language, "debrief")}</h2>
    <${Prose} made=${made} language=${language} />
  </section>`;
}

function Step(props) {
  const { step, index, lab, language } = props;
  const open = step.state === "Open";
  const title = html`<span class="number" aria-hidden="true">${step.state === "Passed" ? "✓" : index + 1}</span>
    <span class="title">${inline(said(step.title, language))}</span>
    <span class="state">${word(language, STATES[step.state])}</span>
    <span class="points">${word(language, "points", { count: step.points })}</span>`;
  if (open) {
    const number = word(language, "step", { number: index + 1, of: lab.steps.length });
    return html`<li class="step Open" aria-current="step">
      <h2 class="step-title" aria-label=${`${number}: ${said(step.title, language)}`}>${title}</h2>
      <${Work} ...${props} />
    </li>`;
  }
  if (step.state === "Locked")
    return html`<li class="step Locked"><div class="step-title">${title}</div></li>`;
  return html`<li class="step Passed">
    <details><summary class="step-title">${title}</summary><${Work} ...${props} actions=${null} /></details>
  </li>`;
}

const STATES = { Passed: "done", Open: "open", Locked: "locked" };

function Work({ step, lab, language, now, actions }) {
  return html`<${Prose} made=${said(step.task, language)} language=${language} className="task" />
    <h3>${word(language, "checks")}</h3>
    <ul class="checks">
      ${(step.checks ?? []).map(
        (check) => html`<${CheckRow}
          key=${check.name}
          check=${check}
          language=${language}
          told=${lab.language}
          now=${now}
          onAnswer=${actions?.answer}
        />`,
      )}
    </ul>
    <${Hints} step=${step} language=${language} actions=${actions} />`;
}

/** The hints already given, and a button for the next: one by one. */
function Hints({ step, language, actions }) {
  const [busy, setBusy] = useState(false);
  const hints = step.hints ?? [];
  if (!hints.length && !step.hintsLeft) return null;
  const more = async () => {
    setBusy(true);
    await actions.hint(step.name);
    setBusy(false);
  };
  return html`<section class="hints">
    <h3>${word(language, "hints")}</h3>
    <ol>
      ${hints.map((hint) => html`<li><${Prose} made=${said(hint, language)} language=${language} /></li>`)}
    </ol>
    ${
      actions && step.hintsLeft > 0
        ? html`<button type="button" onClick=${more} disabled=${busy}>
          ${word(language, "oneHint")}
          <span class="left">${word(language, "hintsLeft", { count: step.hintsLeft })}</span>
        </button>`
        : null
    }
    ${!step.hintsLeft && html`<p class="quiet">${word(language, "noHints")}</p>`}
  </section>`;
}

/** Starting the lab or its open step over, after a question. */
function Again({ lab, language, actions }) {
  const [asking, setAsking] = useState("");
  const yes = () => {
    setAsking("");
    actions[asking]();
  };
  const sentences = {
    asks: word(language, `${asking}Ask`, { workspace: lab.workspace }),
    yes: word(language, asking),
    language,
  };
  const button = (what) =>
    html`<button type="button" class="plain" onClick=${() => setAsking(what)}>${word(language, what)}</button>`;
  return html`<div class="again">
    ${lab.phase === "Active" && button("restart")} ${button("reset")}
    ${asking && html`<${Question} ...${sentences} onYes=${yes} onNo=${() => setAsking("")} />`}
  </div>`;
}
