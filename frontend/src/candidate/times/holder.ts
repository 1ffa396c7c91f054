/** Puts times aside one after another, so that the last one chosen is the one that is held. Pure. */

export type Held = { id: string; starts_at: string; seconds_left: number };

export type HoldState =
  | { at: "none" }
  | { at: "asking"; time: string }
  /** `until` is on the clock that `now` reads, in ms. */
  | { at: "held"; time: string; id: string; until: number }
  | { at: "refused"; time: string; error: unknown };

export type HolderParts = {
  put: (time: string) => Promise<Held>;
  now: () => number;
  tell: (state: HoldState) => void;
};

export class Holder {
  private state: HoldState = { at: "none" };
  private wanted: string | null = null;
  private running: Promise<void> | null = null;

  constructor(private readonly parts: HolderParts) {}

  /** What is put aside already, as after a reload. */
  know(held: Held): void {
    this.wanted = held.starts_at;
    this.set(this.held(held));
  }

  /** Put this time aside; an earlier one is given back by that. */
  want(time: string): void {
    this.wanted = time;
    if (this.holds(time)) return;
    this.set({ at: "asking", time });
    this.running ??= this.run();
  }

  /** Choose nothing any more; what is put aside runs out by itself. */
  forget(): void {
    this.wanted = null;
    this.set({ at: "none" });
  }

  /** The id under which the time is put aside, after putting it aside anew where need be. */
  async have(time: string, anew = false): Promise<string> {
    if (anew) this.set({ at: "none" });
    this.want(time);
    await this.running;
    const { state } = this;
    if (state.at === "held" && state.time === time) return state.id;
    throw state.at === "refused" ? state.error : new Error("another time was chosen");
  }

  private holds(time: string): boolean {
    const { state } = this;
    return state.at === "held" && state.time === time && state.until > this.parts.now();
  }

  private async run(): Promise<void> {
    for (let time = this.wanted; time !== null && !this.holds(time); time = this.wanted) {
      const next = await this.parts.put(time).then(
        (held) => this.held(held),
        (error: unknown): HoldState => ({ at: "refused", time: time as string, error }),
      );
      // Another time was chosen while this one was asked for.
      if (this.wanted !== time) continue;
      this.set(next);
      if (next.at === "refused") break;
    }
    this.running = null;
  }

  private held({ id, starts_at, seconds_left }: Held): HoldState {
    const until = this.parts.now() + seconds_left * 1000;
    return { at: "held", time: starts_at, id, until };
  }

  private set(state: HoldState): void {
    this.state = state;
    this.parts.tell(state);
  }
}

/** Whole minutes that are left, rounded up; 0 when it has run out. */
export const minutesLeft = (until: number, now: number): number =>
  Math.max(0, Math.ceil((until - now) / 60_000));
