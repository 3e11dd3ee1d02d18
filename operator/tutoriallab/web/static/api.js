/** The server's routes. Every refusal is an error with the server's own sentence. */

export class Refusal extends Error {
  /**
   * @param {number} status 0 when nobody answered
   * @param {string} message
   * @param {string} mode "local", "token" or ""
   */
  constructor(status, message, mode = "") {
    super(message);
    this.status = status;
    this.mode = mode;
  }
}

export function get(path) {
  return ask(path, { headers: { Accept: "application/json" } });
}

export function post(path, body) {
  return send("POST", path, body);
}

export function remove(path) {
  return send("DELETE", path, {});
}

/** The address of a lab's routes. */
export function labPath(namespace, name, rest = "") {
  return `/api/labs/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}${rest}`;
}

function send(method, path, body) {
  return ask(path, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new Refusal(0, "");
  }
  if (!answer.ok) throw await refusalOf(answer);
  return parsed(await answer.text());
}

/** What an answer that is no success says. @param {Response} answer */
export async function refusalOf(answer) {
  const body = parsed(await answer.text());
  return new Refusal(answer.status, body?.error ?? `${answer.status} ${answer.statusText}`, body?.mode);
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
