/**
 * What of the cluster stands where on the map: pods in their nodes or with their owners. Pure.
 *
 * @typedef {{key: string, label: string, owner: ?object, pods: object[]}} Group Pods of one owner.
 */

const WORKLOADS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Job"];

/** Items of a state by what the map makes of them, each sorted by name. */
export function parts(items) {
  const made = { nodes: [], pods: [], workloads: [], services: [], claims: [] };
  for (const item of items.values()) {
    if (item.kind === "Pod") made.pods.push(item);
    else if (item.kind === "Node") made.nodes.push(item);
    else if (item.kind === "Service") made.services.push(item);
    else if (item.kind === "PersistentVolumeClaim") made.claims.push(item);
    else if (WORKLOADS.includes(item.kind)) made.workloads.push(item);
  }
  for (const list of Object.values(made)) list.sort(byName);
  return made;
}

/**
 * What does not stand where it stood: UIDs of what is new or has gone elsewhere; null when everything stands where it
 * did. To measure hundreds of tiles costs more than to draw one.
 */
export function moved(old, now) {
  if (old === now) return null;
  const made = [];
  for (const [uid, item] of now) {
    const before = old.get(uid);
    if (before !== item && (!before || before.owner !== item.owner || place(before) !== place(item))) made.push(uid);
  }
  return made.length || old.size !== now.size ? made : null;
}

/** The nodes with their pods: the lab's own first, then workers, then the control plane. */
export function columns({ nodes, pods }, items, aliases = {}) {
  const names = new Map(Object.entries(aliases).map(([alias, node]) => [node, alias]));
  const known = new Map(nodes.map((node) => [node.name, node]));
  for (const pod of pods) if (pod.node && !known.has(pod.node)) known.set(pod.node, unseen(pod.node));
  const on = grouped(pods, (pod) => pod.node);
  const rank = (node) => (names.has(node.name) ? 0 : node.roles?.includes("control-plane") ? 2 : 1);
  return [...known.values()]
    .sort((a, b) => rank(a) - rank(b) || byName(a, b))
    .map((node) => {
      const here = on.get(node.name) ?? [];
      return { node, alias: names.get(node.name) ?? "", groups: groupsOf(here, items), asked: asked(here) };
    });
}

/** Pods that no node takes, by why. @returns {{reason: string, groups: Group[]}[]} */
export function homeless(pods, items) {
  const without = pods.filter((pod) => !pod.node);
  const reasons = grouped(without, (pod) => pod.reason ?? "");
  return [...reasons].map(([reason, list]) => ({ reason, groups: groupsOf(list, items) }));
}

/** Workloads as trees: what nobody else owns, what it owns, and the pods of each. Pods of nobody come last. */
export function trees({ workloads, pods }, items) {
  const owned = grouped(workloads, (one) => (items.has(one.owner) ? one.owner : ""));
  const podsOf = grouped(pods, (pod) => (items.has(pod.owner) ? pod.owner : ""));
  const tree = (item) => ({
    item,
    pods: podsOf.get(item.uid) ?? [],
    children: (owned.get(item.uid) ?? []).sort(newestFirst).map(tree),
  });
  return { roots: (owned.get("") ?? []).map(tree), orphans: podsOf.get("") ?? [] };
}

/** Whether a ReplicaSet of an old revision is worth a line: it still has pods, or wants some. */
export function hasLeft(tree) {
  return tree.item.kind !== "ReplicaSet" || tree.pods.length > 0 || tree.item.desired > 0;
}

/** A name without its owner's: what tells pods of one owner apart. */
export function shortName(pod, owner) {
  return owner && pod.name.startsWith(`${owner.name}-`) ? pod.name.slice(owner.name.length + 1) : pod.name;
}

/** Classes of an item that checks of the open step look at, or their diagnosis points at. */
export function mark(item) {
  return `${item.selectedBy?.length ? " lit" : ""}${item.namedBy?.length ? " marked" : ""}`;
}

/** How large tiles may be so that so many pods can be taken in. */
export function tileSize(count) {
  return count <= 40 ? "large" : count <= 150 ? "medium" : "small";
}

/** Labels that people put on a node, not the cluster or its makers. */
export function ownLabels(node) {
  return Object.entries(node.labels ?? {}).filter(
    ([key]) => !/(^|\.)(kubernetes|k8s)\.io\/|^tutoriallab\.dev\/|^type$/.test(key),
  );
}

/** Its node, or why no node takes it. */
function place(item) {
  return item.node || item.reason;
}

function groupsOf(pods, items) {
  return [...grouped(pods, (pod) => pod.owner ?? "")]
    .map(([uid, list]) => ({
      key: uid || "nobody",
      label: labelOf(items.get(uid)),
      owner: items.get(uid) ?? null,
      pods: list,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function labelOf(owner) {
  return owner ? owner.name : "";
}

function asked(pods) {
  const ending = (pod) => pod.phase === "Completed" || pod.phase === "Succeeded";
  const running = pods.filter((pod) => !ending(pod));
  const sum = (field) => running.reduce((total, pod) => total + (pod[field] ?? 0), 0);
  return { cpu: sum("cpu"), memory: sum("memory"), pods: running.length };
}

function unseen(name) {
  return { uid: `node:${name}`, kind: "Node", name, unseen: true };
}

function grouped(list, keyOf) {
  const made = new Map();
  for (const one of list) {
    const key = keyOf(one);
    if (!made.has(key)) made.set(key, []);
    made.get(key).push(one);
  }
  return made;
}

function newestFirst(a, b) {
  return Number(b.revision ?? 0) - Number(a.revision ?? 0) || byName(a, b);
}

function byName(a, b) {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
