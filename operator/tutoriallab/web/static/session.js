/** Signing in: by the key in the address that `kubectl lab page` opens, or by a token. */
import { post, Refusal, remove } from "./api.js";

/**
 * Exchanges `#key=…` for the session's cookie, and clears it from the address bar and the history.
 * @returns {Promise<?import("./api.js").Refusal>} why the key was refused; null when it was not, or there was none
 */
export async function openSession(location, history) {
  const found = /^#key=([^&]+)(?:&lab=([^&/]+\/[^&/]+))?/.exec(location.hash);
  if (!found) return null;
  const lab = found[2] ? `#/${found[2]}` : "";
  history.replaceState(null, "", location.pathname + lab);
  try {
    await post("/api/session", { key: decodeURIComponent(found[1]) });
    return null;
  } catch (refusal) {
    return refusal;
  }
}

/** @throws {import("./api.js").Refusal} */
export async function signIn(token) {
  await post("/api/session", { token: token.trim() });
}

/** Goes out. @returns {Promise<Refusal>} what whoever is not in is shown, or why it did not work */
export async function signOut() {
  try {
    await remove("/api/session");
    return new Refusal(401, "", "token");
  } catch (refusal) {
    return refusal;
  }
}
