/** How long to wait before asking again where to join. */

const STEPS_MS = [500, 1000, 2000, 3000] as const;

/** Milliseconds before try number `tries` (0 is the first after the line was lost). */
export function backoff(tries: number): number {
  return STEPS_MS[Math.min(Math.max(0, tries), STEPS_MS.length - 1)] ?? 3000;
}
