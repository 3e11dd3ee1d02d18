/** The whole page: which of its views is shown, in which language, and to whom. */
import { get } from "./api.js";
import { LabPage } from "./lab_page.js";
import { Overview } from "./overview.js";
import { signOut } from "./session.js";
import { SignIn } from "./sign_in.js";
import { said } from "./text.js";
import { html, useCallback, useEffect, useState } from "./vendor/htm-preact.js";
import { LANGUAGES, word } from "./words.js";

const REMEMBERED = "tutoriallab.language";

/** @param {{replay?: import("./record.js").Record, refusal?: object}} props */
export function App({ replay, refusal }) {
  const [route, setRoute] = useState(routeOf(location.hash));
  const [chosen, choose] = useLanguage();
  const [labLanguage, setLabLanguage] = useState(replay?.live.lab?.language ?? "");
  const [title, setTitle] = useState(null);
  const [me, setMe] = useState(replay ? {} : null);
  const [refused, setRefused] = useState(refusal);
  const language = chosen || labLanguage || browsersLanguage();
  const enter = useCallback(() => {
    get("/api/me").then((answer) => (setMe(answer), setRefused(null)), setRefused);
  }, []);
  useEffect(() => {
    if (!replay && !refusal) enter();
    const moved = () => setRoute(routeOf(location.hash));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = title ? `${said(title, language)} · tutoriallab` : "tutoriallab";
  }, [language, title]);
  const leave = useCallback(async () => setRefused(await signOut()), []);
  const onLab = useCallback((lab) => (lab && setLabLanguage(lab.language), setTitle(lab?.title ?? null)), []);
  const onLabPage = Boolean(replay || (route && me && !refused));
  const shared = { language, onLab, onRefused: setRefused };
  return html`<${Bar} ...${{ language, choose, me: refused ? null : me, replay, leave }} onLab=${onLabPage} />
    <main><${View} ...${{ route, replay, me, refused, enter, shared }} /></main>`;
}

/**
 * What stands under the bar. A component of its own, or the page's memory grows with every change: an element keeps the
 * children that it was given, here those of before the lab's page drew itself anew, and these lead to all that it drew
 * since, as tiles that stay share what is in them.
 */
function View({ route, replay, me, refused, enter, shared }) {
  if (replay) return html`<${LabPage} replay=${replay} ...${shared} />`;
  if (refused) return html`<${SignIn} refusal=${refused} onSignedIn=${enter} language=${shared.language} />`;
  if (!me) return null;
  if (!route) return html`<${Overview} ...${shared} />`;
  return html`<${LabPage} key=${route.namespace + "/" + route.name} ...${route} ...${shared} />`;
}

function Bar({ language, choose, me, replay, leave, onLab }) {
  return html`<header class="bar">
    <a class="skip" href="#task" onClick=${(event) => jump(event, "task")}>${word(language, "skip")}</a>
    ${onLab &&
    html`<a class="skip" href="#cluster" onClick=${(event) => jump(event, "cluster")}>
      ${word(language, "skipMap")}
    </a>`}
    <a class="brand" href="#/"><span class="flask" aria-hidden="true"></span>tutoriallab</a>
    ${!replay && html`<nav><a href="#/">${word(language, "labs")}</a></nav>`}
    ${me?.name && html`<span class="me">${me.name}</span>`}
    ${me?.mode === "token" && html`<button type="button" onClick=${leave}>${word(language, "signOut")}</button>`}
    <div class="languages" role="group" aria-label=${word(language, "language")}>
      ${Object.entries(LANGUAGES).map(
        ([code, name]) =>
          html`<button
            type="button"
            lang=${code === "zh" ? "zh-CN" : "en"}
            aria-pressed=${String(code === language)}
            onClick=${() => choose(code)}
          >${name}</button>`,
      )}
    </div>
  </header>`;
}

/** The address names the lab, so that a place on the page cannot stand there. */
function jump(event, id) {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

/** @returns {?{namespace: string, name: string}} null for the overview */
export function routeOf(hash) {
  const found = /^#\/([^/]+)\/([^/]+)$/.exec(hash);
  return found && { namespace: decodeURIComponent(found[1]), name: decodeURIComponent(found[2]) };
}

function useLanguage() {
  const [chosen, setChosen] = useState(() => stored());
  const choose = (language) => {
    setChosen(language);
    try {
      localStorage.setItem(REMEMBERED, language);
    } catch {
      // A file opened from disk may have no storage: then the choice lasts as long as the page.
    }
  };
  return [chosen, choose];
}

function stored() {
  try {
    return localStorage.getItem(REMEMBERED) ?? "";
  } catch {
    return "";
  }
}

function browsersLanguage() {
  return navigator.language?.startsWith("zh") ? "zh" : "en";
}
