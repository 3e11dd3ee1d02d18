/** One lab: the task beside the cluster, and time below. What is shown is now, or a moment of the record. */
import { Announcer } from "./announcer.js";
import { labPath, post } from "./api.js";
import { Cluster } from "./cluster.js";
import { LabSide } from "./lab_side.js";
import { clock } from "./text.js";
import { Timeline } from "./timeline.js";
import { html, useEffect, useMemo, useState } from "./vendor/htm-preact.js";
import { useWatching } from "./watching.js";
import { word } from "./words.js";

export function LabPage({ namespace, name, replay, language, onLab, onRefused }) {
  const { record, connection, why } = useWatching({ namespace, name, replay, onRefused });
  /** null: live. */
  const [position, setPosition] = useState(replay ? replay.first : null);
  const [failure, setFailure] = useState("");
  const second = useSecond(connection !== "replay");
  const state = record.empty ? null : position === null ? record.live : record.at(position);
  const live = position === null && ["live", "away", "connecting"].includes(connection);
  const actions = useActions({ namespace, name, language, setFailure });
  const lab = state?.lab;
  useEffect(() => {
    onLab(lab ?? null);
    return () => onLab(null);
  }, [lab?.language, lab?.name]);
  if (connection === "refused") return html`<${NotShown} ...${{ why, language }} />`;
  if (!lab)
    return html`<${Connection} ...${{ connection, language, record }} />
      <p class="loading">${word(language, "loading")}</p>`;
  const now = live ? second : state.t;
  return html`<div class="lab-page">
    <${Connection} ...${{ connection, language, record }} />
    ${position !== null &&
    !replay &&
    html`<${Past} t=${state.t} language=${language} onLive=${() => setPosition(null)} />`}
    ${failure && html`<p class="notice bad" role="alert">${failure}</p>`}
    <${LabSide} ...${{ lab, language, now }} actions=${live ? actions : null} />
    <div class="beside">
      <${Cluster} ...${{ state, lab, language }} path=${live ? labPath(namespace, name) : ""} />
      <${Timeline} ...${{ record, position, setPosition, language, lab }} replay=${Boolean(replay)} />
    </div>
    ${live && html`<${Announcer} lab=${lab} language=${language} />`}
  </div>`;
}

/** What the viewer does, with what the server says when it refuses. */
function useActions({ namespace, name, language, setFailure }) {
  return useMemo(() => {
    const doing = (route) => async (body) => {
      setFailure("");
      try {
        await post(labPath(namespace, name, route), body);
      } catch (refusal) {
        setFailure(word(language, "failed", { why: refusal.message || word(language, "nobodyThere") }));
      }
    };
    const [answers, hints, reset, restart] = ["/answers", "/hints", "/reset", "/restart-step"].map(doing);
    return {
      answer: (check, answer) => answers({ check, answer }),
      hint: (step) => hints({ step }),
      reset: () => reset({}),
      restart: () => restart({}),
    };
  }, [namespace, name, language]);
}

function Connection({ connection, language, record }) {
  if (connection === "live") return null;
  const time = record.empty ? "" : clock(record.timeAt(record.last));
  if (connection === "replay") {
    const from = new Date(record.timeAt(record.first)).toLocaleString(language === "zh" ? "zh-CN" : "en-GB");
    return html`<p class="notice" role="status">${word(language, "replayed", { time: from })}</p>`;
  }
  const name = connection === "away" && !time ? "connecting" : connection;
  return html`<p class=${`notice ${connection}`} role="status">${word(language, name, { time })}</p>`;
}

/** In place of a lab that this viewer may not see, or not any more. */
function NotShown({ why, language }) {
  return html`<section class="not-shown" id="task" tabindex="-1">
    <p class="notice bad" role="alert">${why}</p>
    <p><a href="#/">${word(language, "labs")}</a></p>
  </section>`;
}

function Past({ t, language, onLive }) {
  return html`<p class="notice past">
    ${word(language, "past", { time: clock(t) })}
    <button type="button" onClick=${onLive}>${word(language, "backToLive")}</button>
  </p>`;
}

/** The time, told each second. */
function useSecond(runs) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [runs]);
  return now;
}
