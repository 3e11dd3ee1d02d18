/** A lab as it is watched: its record, fed by the stream, and drawn as soon and as often as the browser can follow. */
import { labPath } from "./api.js";
import { Drawer } from "./drawer.js";
import { Record } from "./record.js";
import { Stream } from "./stream.js";
import { useEffect, useRef, useState } from "./vendor/htm-preact.js";

/**
 * @param {{namespace: string, name: string, replay?: Record, onRefused: (refusal: object) => void}} what
 * @returns {{record: Record, connection: string, why: string, version: number}} `why` nothing may be seen, when
 *   refused; a version a change: the record itself stays the same
 */
export function useWatching({ namespace, name, replay, onRefused }) {
  const record = useRef(replay ?? new Record());
  const [version, setVersion] = useState(0);
  const [connection, setConnection] = useState(replay ? "replay" : "connecting");
  const [why, setWhy] = useState("");
  useEffect(() => {
    if (replay) return undefined;
    const drawer = new Drawer(() => setVersion((before) => before + 1));
    const stream = new Stream(labPath(namespace, name, "/stream"), {
      onMessage(message) {
        record.current.take(message);
        drawer.want();
      },
      onState(state, refusal) {
        if (state === "refused" && refusal.status === 401) return onRefused(refusal);
        // What may not be seen any more does not stay: neither on the screen, nor behind it.
        if (state === "refused") record.current = new Record();
        setWhy(refusal?.message ?? "");
        return setConnection(state);
      },
    });
    return () => {
      stream.close();
      drawer.close();
    };
  }, [namespace, name]);
  return { record: record.current, connection, why, version };
}
