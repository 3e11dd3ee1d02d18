/** A node as a column: how it is, what it has room for, and the pods that run on it. */
import { mark, ownLabels, shortName } from "./layout.js";
import { Pod } from "./pod.js";
import { bytes, cores } from "./text.js";
import { Component, html } from "./vendor/htm-preact.js";
import { word } from "./words.js";

/** @param {{column: object, view: object}} props `view` is what all tiles share: size, language, the active tile. */
export function NodeColumn({ column, view }) {
  const { node, alias, groups, asked } = column;
  const { language } = view;
  const classes = `node${node.ready === false ? " not-ready" : ""}${groups.length ? "" : " empty"}${mark(node)}`;
  return html`<section class=${classes} aria-label=${node.name}>
    <header>
      <button type="button" class="node-name" data-open=${node.unseen ? null : "1"} data-of=${node.uid}>
        ${node.name}
      </button>
      ${alias && html`<span class="chip alias">${alias}</span>`}
      ${node.roles?.includes("control-plane") && html`<span class="chip">${word(language, "controlPlane")}</span>`}
      ${node.ready === false && html`<span class="chip bad">✕ ${word(language, "notReady")}</span>`}
      ${node.unschedulable && html`<span class="chip warn">⊘ ${word(language, "cordoned")}</span>`}
      ${node.leasedBy && html`<span class="chip">${word(language, "lease")}: ${node.leasedBy}</span>`}
    </header>
    ${!node.unseen && html`<${Bars} node=${node} asked=${asked} language=${language} />`}
    <${Signs} node=${node} language=${language} />
    ${groups.map((group) => html`<${Tiles} key=${group.key} group=${group} view=${view} />`)}
  </section>`;
}

/** Pods of one owner; of hundreds of such groups a change concerns one or two. */
export class Tiles extends Component {
  shouldComponentUpdate({ group, view, named }) {
    const { group: shown, view: by, named: was } = this.props;
    const same = view.size === by.size && view.language === by.language && view.active === by.active && named === was;
    return !same || group.label !== shown.label || differ(group.pods, shown.pods);
  }

  render({ group, view, named = true }) {
    const { size, language, active } = view;
    return html`<div class="group">
      ${named && group.label && html`<p class="group-name">${group.label}</p>`}
      <div class="tiles">
        ${group.pods.map(
          (pod) =>
            html`<${Pod}
              key=${pod.uid}
              pod=${pod}
              short=${shortName(pod, group.owner)}
              size=${size}
              active=${active === pod.uid}
              language=${language}
            />`,
        )}
      </div>
    </div>`;
  }
}

function differ(pods, others) {
  return pods.length !== others.length || pods.some((pod, index) => pod !== others[index]);
}

function Bars({ node, asked, language }) {
  return html`<div class="bars">
    <${Bar} name=${word(language, "cpu")} asked=${asked.cpu} most=${node.cpu} shown=${cores} language=${language} />
    <${Bar}
      name=${word(language, "memory")}
      asked=${asked.memory}
      most=${node.memory}
      shown=${bytes}
      language=${language}
    />
    <${Bar} name=${word(language, "pods")} asked=${asked.pods} most=${node.pods} shown=${String} language=${language} />
  </div>`;
}

function Bar({ name, asked, most, shown, language }) {
  const share = most ? Math.min(1, asked / most) : 0;
  const sentence = word(language, "asked", { asked: shown(asked), most: shown(most ?? 0) });
  return html`<div class="capacity" title=${sentence}>
    <span class="name">${name}</span>
    <span
      class=${`gauge${share > 0.9 ? " full" : ""}`}
      role="meter"
      aria-label=${`${name}, ${sentence}`}
      aria-valuemin="0"
      aria-valuemax=${most ?? 0}
      aria-valuenow=${asked}
    ><span class="level" style=${{ width: `${100 * share}%` }}></span></span>
    <span class="numbers" aria-hidden="true">${shown(asked)}/${shown(most ?? 0)}</span>
  </div>`;
}

/** Taints that keep pods away, and the labels that people gave. */
function Signs({ node, language }) {
  const labels = ownLabels(node);
  if (!node.taints?.length && !labels.length) return null;
  return html`<dl class="signs">
    ${
      node.taints?.length
        ? html`<dt>${word(language, "taints")}</dt>
          <dd>${node.taints.map((taint) => html`<span class="chip warn">${taint}</span>`)}</dd>`
        : null
    }
    ${
      labels.length
        ? html`<dt>${word(language, "labels")}</dt>
          <dd>${labels.map(([key, value]) => html`<span class="chip">${value ? `${key}=${value}` : key}</span>`)}</dd>`
        : null
    }
  </dl>`;
}
