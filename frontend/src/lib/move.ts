/** Where things go in an ordered list. Pure; indexes out of range change nothing. */

export function move<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const inside = (index: number) => index >= 0 && index < list.length;
  if (!inside(from) || !inside(to)) return next;
  const [taken] = next.splice(from, 1);
  next.splice(to, 0, taken as T);
  return next;
}

/** The index a cursor stands at after one step; it stays inside the list and starts at its head. */
export function step(current: number, by: 1 | -1, length: number): number {
  if (length === 0) return -1;
  if (current < 0) return by === 1 ? 0 : length - 1;
  return Math.min(length - 1, Math.max(0, current + by));
}
