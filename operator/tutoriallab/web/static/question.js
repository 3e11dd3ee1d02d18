/** A question before something is done that cannot be undone. */
import { html, useEffect, useRef } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** A modal dialog; the way out has the focus. */
export function Question({ asks, yes, language, onYes, onNo }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog ref=${dialog} class="question" aria-labelledby="question" onCancel=${onNo}>
    <p id="question">${asks}</p>
    <div class="buttons">
      <button type="button" onClick=${onNo}>${word(language, "cancel")}</button>
      <button type="button" class="danger" onClick=${onYes}>${yes}</button>
    </div>
  </dialog>`;
}
