/**
 * Moves that the eye can follow: where tiles stood before the page changed, and from there to where they are now.
 *
 * Places are those of the layout (offsets, not what is on the screen), so that scrolling is no move.
 */

const TIME = { duration: 450, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
/** With more moves than these the eye follows none, and frames get long. */
const MOST = 120;

/**
 * @param {?string[]} only UIDs of the tiles that are asked for; null for all
 * @returns {Map<string, {x: number, y: number, tile: HTMLElement}>} where tiles of a map stand
 */
export function places(root, only = null) {
  const tiles = only?.map((uid) => root.querySelector(`[data-uid="${CSS.escape(uid)}"]`)).filter(Boolean);
  const made = new Map();
  for (const tile of tiles ?? root.querySelectorAll("[data-uid]")) {
    made.set(tile.dataset.uid, { x: tile.offsetLeft, y: tile.offsetTop, tile });
  }
  return made;
}

/** Lets tiles move from their old places; those that are new appear. */
export function animate(before, after) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || !before.size) return;
  const moved = [];
  for (const [uid, now] of after) {
    const old = before.get(uid);
    if (!old)
      moved.push([
        now.tile,
        [
          { opacity: 0, transform: "scale(0.5)" },
          { opacity: 1, transform: "none" },
        ],
      ]);
    else if (old.x !== now.x || old.y !== now.y) {
      moved.push([
        now.tile,
        [{ transform: `translate(${old.x - now.x}px, ${old.y - now.y}px)` }, { transform: "none" }],
      ]);
    }
  }
  if (moved.length > MOST) return;
  for (const [tile, frames] of moved) tile.animate(frames, TIME);
}
