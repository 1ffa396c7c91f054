import { expect, test } from "vitest";
import { type Held, Holder, type HoldState, minutesLeft } from "./holder";

/** A desk that answers when it is told to, and remembers what it holds. */
function desk() {
  const waiting: { time: string; give: (held: Held) => void; refuse: (why: Error) => void }[] = [];
  const told: HoldState[] = [];
  const clock = { now: 0 };
  const holder = new Holder({
    put: (time) => new Promise((give, refuse) => waiting.push({ time, give, refuse })),
    now: () => clock.now,
    tell: (state) => told.push(state),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async (id: string) => {
    const asked = waiting.shift();
    asked?.give({ id, starts_at: asked.time, seconds_left: 600 });
    await settled();
  };
  const refuse = async (why: string) => {
    waiting.shift()?.refuse(new Error(why));
    await settled();
  };
  return { holder, waiting, told, clock, answer, refuse };
}

test("of times chosen in quick succession the last one is held, and never two at once", async () => {
  const { holder, waiting, told, answer } = desk();
  holder.want("09:00");
  holder.want("09:30");
  holder.want("10:00");
  expect(waiting.map((each) => each.time)).toEqual(["09:00"]);
  await answer("first");
  expect(waiting.map((each) => each.time)).toEqual(["10:00"]);
  await answer("second");
  expect(told.at(-1)).toEqual({ at: "held", time: "10:00", id: "second", until: 600_000 });
  expect(waiting).toEqual([]);
});

test("confirming waits for the hold that is being asked for, and asks once", async () => {
  const { holder, waiting, answer } = desk();
  holder.want("09:00");
  const id = holder.have("09:00");
  expect(waiting).toHaveLength(1);
  await answer("first");
  expect(await id).toBe("first");
  expect(await holder.have("09:00")).toBe("first");
});

test("a time that ran out is put aside anew before it is confirmed", async () => {
  const { holder, clock, waiting, answer } = desk();
  holder.want("09:00");
  await answer("first");
  clock.now = 600_000;
  const id = holder.have("09:00");
  expect(waiting).toHaveLength(1);
  await answer("second");
  expect(await id).toBe("second");
});

test("a hold that the other side gave up is asked for again", async () => {
  const { holder, answer } = desk();
  holder.know({ id: "first", starts_at: "09:00", seconds_left: 300 });
  const id = holder.have("09:00", true);
  await answer("second");
  expect(await id).toBe("second");
});

test("a refusal is told, and a later choice is not held up by it", async () => {
  const { holder, told, answer, refuse } = desk();
  holder.want("09:00");
  await refuse("taken");
  expect(told.at(-1)).toMatchObject({ at: "refused", time: "09:00" });
  const again = expect(holder.have("09:00")).rejects.toThrow("taken again");
  await refuse("taken again");
  await again;
  holder.want("10:00");
  await answer("second");
  expect(told.at(-1)).toMatchObject({ at: "held", time: "10:00" });
});

test("nothing is told of a time that is not wanted any more", async () => {
  const { holder, told, answer } = desk();
  holder.want("09:00");
  holder.forget();
  await answer("first");
  expect(told.at(-1)).toEqual({ at: "none" });
});

test("a minute that has begun still counts", () => {
  expect([minutesLeft(600_000, 0), minutesLeft(600_000, 540_001), minutesLeft(0, 1)]).toEqual([
    10, 1, 0,
  ]);
});
