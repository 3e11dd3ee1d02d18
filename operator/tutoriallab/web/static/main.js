/** Where the page begins: a replay when a record stands in it, else the labs of whoever signs in. */
import { App } from "./app.js";
import { Record } from "./record.js";
import { openSession } from "./session.js";
import { html, render } from "./vendor/htm-preact.js";

async function begin() {
  const page = document.getElementById("page");
  const recorded = document.getElementById("record");
  if (recorded) {
    const record = Record.from(JSON.parse(recorded.textContent));
    render(html`<${App} replay=${record} />`, page);
    return;
  }
  const refusal = await openSession(location, history);
  render(html`<${App} refusal=${refusal} />`, page);
}

begin();
