/** The clock of this device: milliseconds that never run backwards while the page lives. */
export const deviceMs = (): number => performance.timeOrigin + performance.now();
