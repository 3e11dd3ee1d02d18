/** Copying: a button, and the same for each code block of a text that the server made. */
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** Milliseconds for which a button says that it has copied. */
const SAID = 1600;

/** A button that copies a text. */
export function Copy({ text, language, label = "copy" }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await toClipboard(text);
    setDone(true);
    setTimeout(() => setDone(false), SAID);
  };
  const name = word(language, done ? "copied" : label);
  return html`<button type="button" class="copy" onClick=${copy} aria-live="polite">${name}</button>`;
}

/** HTML that the server made of Markdown, each code block with a button that copies it. */
export function Prose({ made, language, className = "" }) {
  const root = useRef(null);
  useEffect(() => {
    for (const block of root.current.querySelectorAll("pre")) addButton(block, language);
  }, [made, language]);
  return html`<div
    ref=${root}
    class=${`prose ${className}`}
    lang=${language === "zh" ? "zh-CN" : "en"}
    dangerouslySetInnerHTML=${{ __html: made }}
  ></div>`;
}

function addButton(block, language) {
  // A block wider than its column is scrolled, with the keyboard, too.
  block.tabIndex = 0;
  block.setAttribute("role", "group");
  block.setAttribute("aria-label", block.textContent.trim().split("\n")[0]);
  const frame = framed(block);
  frame.querySelector(".copy")?.remove();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = word(language, "copy");
  button.addEventListener("click", async () => {
    await toClipboard(block.textContent.trimEnd());
    button.textContent = word(language, "copied");
    setTimeout(() => (button.textContent = word(language, "copy")), SAID);
  });
  frame.append(button);
}

function framed(block) {
  if (block.parentElement.classList.contains("code")) return block.parentElement;
  const frame = document.createElement("div");
  frame.className = "code";
  block.replaceWith(frame);
  frame.append(block);
  return frame;
}

/** Browsers offer their clipboard to pages on loopback or HTTPS only; elsewhere the old way still works. */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
