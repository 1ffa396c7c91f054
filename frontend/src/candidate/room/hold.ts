/** Hold to talk: held while pressed, locked by a short press. Pure. */

export type Hold = { on: boolean; locked: boolean; since: number | null };

export const FREE: Hold = { on: false, locked: false, since: null };

/** A press shorter than this locks. */
const TAP_MS = 350;

export function press(hold: Hold, at: number): Hold {
  if (hold.locked) return FREE;
  return hold.since === null ? { on: true, locked: false, since: at } : hold;
}

export function release(hold: Hold, at: number): Hold {
  if (hold.since === null) return hold;
  return at - hold.since < TAP_MS ? { on: true, locked: true, since: null } : FREE;
}
