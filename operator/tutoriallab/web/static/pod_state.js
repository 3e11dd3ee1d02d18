/** What a pod's state means for whoever looks at a map: the server's rule, and what it is pending for. Pure. */

/** Told apart by sign as well as by colour. */
export const SIGNS = { ready: "✓", running: "◐", waiting: "…", failing: "✕", ending: "↓", done: "■" };

/** @returns {"ready"|"running"|"waiting"|"failing"|"ending"|"done"} */
export function podState(pod) {
  if (pod.state === "done") return "done";
  if (pod.deleting) return "ending";
  if (pod.state !== "pending") return pod.state;
  return pod.phase === "Running" ? "running" : "waiting";
}
