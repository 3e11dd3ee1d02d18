/** What a screen reader is told as it happens: verdicts that turned, steps that passed, the lab's end. */
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.js";
import { said } from "./text.js";
import { word } from "./words.js";

/** A live region that nobody sees. */
export function Announcer({ lab, language }) {
  const before = useRef(lab);
  const [text, setText] = useState("");
  useEffect(() => {
    const news = announcements(before.current, lab, language);
    before.current = lab;
    if (news.length) setText(news.join(" "));
  }, [lab, language]);
  return html`<div class="unseen" role="status" aria-live="polite">${text}</div>`;
}

/** What is different between two views of a lab, in sentences. Pure. */
export function announcements(old, lab, language) {
  if (!old || old === lab) return [];
  const made = [];
  for (const step of lab.steps) {
    const earlier = old.steps.find((one) => one.name === step.name);
    if (!earlier) continue;
    for (const check of step.checks ?? []) {
      const was = earlier.checks?.find((one) => one.name === check.name);
      if (!was || was.verdict === check.verdict || !check.verdict) continue;
      const plain = said(check.says, language).replace(/[`*]/g, "");
      made.push(word(language, "checkNow", { check: plain, verdict: word(language, check.verdict) }));
    }
    if (step.state === "Passed" && earlier.state !== "Passed") {
      made.push(word(language, "stepPassed", { step: said(step.title, language) }));
    }
  }
  if (lab.phase === "Completed" && old.phase !== "Completed") {
    made.push(word(language, "labDone", { score: lab.score ?? 0, most: lab.maxScore ?? 0 }));
  }
  return made;
}
