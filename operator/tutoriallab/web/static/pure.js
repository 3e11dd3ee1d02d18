/** A component that is drawn again only when one of its properties is another. */
import { Component } from "./vendor/htm-preact.js";

export class Pure extends Component {
  shouldComponentUpdate(props, state) {
    return differs(this.props, props) || differs(this.state, state);
  }
}

function differs(old, now) {
  for (const key in now) if (old[key] !== now[key]) return true;
  for (const key in old) if (!(key in now)) return true;
  return false;
}
