/** Texts in the viewer's language, times and durations. Pure. */
import { html } from "./vendor/htm-preact.js";

/** A text of a lab, {en, zh} or plain, in a language; English where there is no other. */
export function said(text, language) {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return text[language] || text.en || Object.values(text)[0] || "";
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** A line with `code` and **bold**, as text nodes. */
export function inline(text) {
  const made = [];
  let end = 0;
  for (const found of text.matchAll(SPAN)) {
    made.push(text.slice(end, found.index));
    made.push(found[1] ? html`<code>${found[1]}</code>` : html`<strong>${found[2]}</strong>`);
    end = found.index + found[0].length;
  }
  made.push(text.slice(end));
  return made;
}

const LOOK = /^([\s\S]*?)\s*(?:Look|查看)[:：]\s*(kubectl\s[\s\S]+)$/;

/** A check's message as what is said and the command to look at it, "" where it names none. */
export function messageParts(message) {
  const found = LOOK.exec(message);
  return found ? { says: found[1], command: found[2].trim() } : { says: message, command: "" };
}

/** A moment as milliseconds since the epoch, from such or from RFC 3339; 0 for none. */
export function moment(told) {
  return typeof told === "number" ? told : Date.parse(told ?? "") || 0;
}

/** Hours, minutes and seconds of the viewer's day. */
export function clock(t) {
  const date = new Date(t);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** 75000 → 1 min 15 s; the two largest units. */
export function duration(milliseconds, language) {
  const units = language === "zh" ? ["天", "小时", "分", "秒"] : ["d", "h", "min", "s"];
  let rest = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [];
  for (const [index, size] of [86400, 3600, 60, 1].entries()) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count) parts.push(`${count} ${units[index]}`);
  }
  return parts.slice(0, 2).join(" ") || `0 ${units[3]}`;
}

/** 1536 MiB in bytes → 1.5 GiB. */
export function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let [size, unit] = [count, 0];
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${short(size)} ${units[unit]}`;
}

/** 250 → 0.25, millicores to cores. */
export function cores(millicores) {
  return short(millicores / 1000);
}

/** At most three digits that matter. */
function short(number) {
  return String(number >= 100 ? Math.round(number) : Number(number.toPrecision(3)));
}

function twoDigits(number) {
  return String(number).padStart(2, "0");
}
