/** Where nobody is signed in: a token is asked for, or the command is told that opens the page with its key. */
import { signIn } from "./session.js";
import { Copy } from "./copy.js";
import { html, useState } from "./vendor/htm-preact.js";
import { word } from "./words.js";

const COMMAND = "kubectl lab page";

/** @param {{refusal: import("./api.js").Refusal, onSignedIn: () => void, language: string}} props */
export function SignIn({ refusal, onSignedIn, language }) {
  const [why, setWhy] = useState(refusal.message);
  const shown = refusal.status === 0 ? word(language, "nobodyThere") : why;
  return html`<section class="sign-in" id="task" tabindex="-1" aria-label=${word(language, "signIn")}>
    <h1>${word(language, "signIn")}</h1>
    ${shown && html`<p class="notice bad" role="alert">${shown}</p>`}
    ${
      refusal.mode === "token"
        ? html`<${TokenForm} language=${language} onSignedIn=${onSignedIn} onRefused=${setWhy} />`
        : html`<p>${word(language, "keyHelp")}</p>
          <div class="look"><code>${COMMAND}</code><${Copy} text=${COMMAND} language=${language} /></div>`
    }
  </section>`;
}

function TokenForm({ language, onSignedIn, onRefused }) {
  const [token, setToken] = useState("");
  const typed = (event) => setToken(event.target.value);
  const send = async (event) => {
    event.preventDefault();
    try {
      await signIn(token);
      onSignedIn();
    } catch (refusal) {
      onRefused(refusal.message || word(language, "nobodyThere"));
    }
  };
  return html`<form onSubmit=${send}>
    <label for="token">${word(language, "token")}</label>
    <input id="token" type="password" autocomplete="off" value=${token} onInput=${typed} />
    <p class="quiet">${word(language, "tokenHelp")}</p>
    <button type="submit" disabled=${!token.trim()}>${word(language, "signIn")}</button>
  </form>`;
}
