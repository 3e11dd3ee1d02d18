/** Owners: Deployments with their ReplicaSets, and others, how far they are, and where asked for their pods. */
import { hasLeft, mark } from "./layout.js";
import { Tiles } from "./node.js";
import { html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** @param {{trees: {roots: object[], orphans: object[]}, view: object, withPods: boolean}} props */
export function Workloads({ trees, view, withPods }) {
  const orphans = { key: "orphans", label: "", owner: null, pods: trees.orphans };
  return html`<div class=${`workloads${withPods ? " with-pods" : ""}`}>
    ${trees.roots.map(
      (tree) => html`<${Workload} key=${tree.item.uid} tree=${tree} view=${view} withPods=${withPods} />`,
    )}
    ${
      withPods && trees.orphans.length
        ? html`<section class="workload">
          <header><strong>${word(view.language, "nobody")}</strong></header>
          <${Tiles} group=${orphans} view=${view} />
        </section>`
        : null
    }
  </div>`;
}

function Workload({ tree, view, withPods }) {
  const { item, pods, children } = tree;
  const group = { key: item.uid, label: "", owner: item, pods };
  return html`<section class="workload" aria-label=${`${item.kind} ${item.name}`}>
    <header class=${mark(item)}>
      <span class="kind">${item.kind}</span>
      <button type="button" class="object-name" data-open="1" data-of=${item.uid}>${item.name}</button>
      <${Count} item=${item} language=${view.language} />
    </header>
    ${withPods && pods.length ? html`<${Tiles} group=${group} view=${view} />` : null}
    ${children
      .filter(hasLeft)
      .map(
        (child) =>
          html`<${Workload} key=${child.item.uid} tree=${child} view=${view} withPods=${withPods} />`,
      )}
  </section>`;
}

/** Where it is of where it wants to be, in its own kind's words. */
function Count({ item, language }) {
  const say = (name) => word(language, name);
  if (item.kind === "CronJob")
    return html`<span class="count"><code>${item.schedule}</code>${item.suspended ? ` ${say("paused")}` : ""}</span>`;
  if (item.kind === "Job") {
    const failed = item.failed ? ` ✕ ${item.failed}` : "";
    return html`<span class="count">✓ ${item.succeeded ?? 0}/${item.completions ?? "–"}${failed}</span>`;
  }
  const facts = [];
  if (item.kind === "Deployment")
    facts.push(`${item.updated ?? 0} ${say("updated")}`, `${item.available ?? 0} ${say("available")}`);
  if (item.revision) facts.push(word(language, "revision", { number: item.revision }));
  if (item.paused) facts.push(say("paused"));
  return html`<span class=${`count${item.ready === item.desired ? " whole" : ""}`}
      ><strong>${item.ready ?? 0}/${item.desired ?? 0}</strong> ${say("state_ready")}</span>
    <span class="more">${facts.join(" · ")}</span>`;
}
