/** One check of a step: its verdict, what it wants, what it sees, and where to look. */
import { html, useState } from "./vendor/htm-preact.js";
import { Copy } from "./copy.js";
import { Pure } from "./pure.js";
import { duration, inline, messageParts, moment, said } from "./text.js";
import { word } from "./words.js";

/** Verdicts are told by sign and word, not by colour alone. */
export const VERDICT_SIGNS = { Passed: "✓", Failing: "✕", Open: "?", Waiting: "…", Error: "!" };

export class CheckRow extends Pure {
  render({ check, language, told, now, onAnswer }) {
    const { says, command } = messageParts(check.message ?? "");
    const verdict = shown(check);
    // Of an open question the form says it.
    const tells = verdict !== "Passed" && verdict !== "Open";
    return html`<li class=${`check ${verdict}`}>
      <span class="verdict">
        <span class="sign" aria-hidden="true">${VERDICT_SIGNS[verdict]}</span>
        <span class="word">${word(language, verdict)}</span>
      </span>
      <div class="what">
        <p class="says">${inline(said(check.says, language))}</p>
        ${says && tells && html`<p class="message" lang=${tag(told)}>${says}</p>`}
        ${
          command &&
          tells &&
          html`<div class="look">
          <span class="label">${word(language, "look")}</span>
          <code tabindex="0">${command}</code>
          <${Copy} text=${command} language=${language} label="copyCommand" />
        </div>`
        }
        ${check.answer && html`<${Answer} check=${check} language=${language} onAnswer=${onAnswer} />`}
        <${Since} check=${check} now=${now} language=${language} />
      </div>
    </li>`;
  }
}

/** What stands in the verdict's place: a question that nobody has answered yet is open, not wrong. */
function shown({ verdict, reason }) {
  if (verdict === "Failing" && reason === "NotAnswered") return "Open";
  return verdict || "Waiting";
}

/** How long a check has been as it is: what tells a learner that waiting helps no more. */
function Since({ check, now, language }) {
  const since = moment(check.since);
  if (!since || check.verdict === "Passed" || now - since < 1000) return null;
  return html`<p class="since">${word(language, "since", { span: duration(now - since, language) })}</p>`;
}

/** A question: choices as radio buttons, or a line of text. */
function Answer({ check, language, onAnswer }) {
  const { choices, given } = check.answer;
  const [text, setText] = useState(given ?? "");
  const [busy, setBusy] = useState(false);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    await onAnswer(check.name, text);
    setBusy(false);
  };
  const name = `answer-${check.name}`;
  if (!onAnswer)
    return given ? html`<p class="given">${word(language, "given", { answer: given })}</p>` : null;
  return html`<form class="answer" onSubmit=${send}>
    ${
      choices?.length
        ? html`<fieldset>
          <legend>${word(language, "answer")}</legend>
          ${choices.map((one) => Choice({ one, name, chosen: text === one, choose: () => setText(one) }))}
        </fieldset>`
        : html`<label for=${name}>${word(language, "answer")}</label>
          <input id=${name} value=${text} autocomplete="off" onInput=${(event) => setText(event.target.value)} />`
    }
    <button type="submit" disabled=${busy || !text.trim()}>${word(language, given ? "change" : "give")}</button>
  </form>`;
}

function Choice({ one, name, chosen, choose }) {
  return html`<label class="choice">
    <input type="radio" name=${name} value=${one} checked=${chosen} onChange=${choose} />
    <span>${one}</span>
  </label>`;
}

/** The operator's sentences are in the lab's language, whatever the viewer has chosen. */
function tag(language) {
  return language === "zh" ? "zh-CN" : "en";
}
