import { expect, test } from "vitest";
import type { Page } from "./address";
import { closedBy, hasRunOut, hasTime, isOpen, pageFor as pageAt, type Standing } from "./where";

const NOW = new Date("2026-11-22T12:00:00Z");
const pageFor = (asked: Page, of: Standing) => pageAt(asked, of, NOW);

type Parts = {
  schedule?: Partial<Standing["schedule"]>;
  invitation?: Partial<Standing["invitation"]>;
  interview?: Partial<Standing["interview"]>;
};

const standing = ({ invitation, interview, schedule }: Parts = {}): Standing =>
  ({
    invitation: {
      opens_at: null,
      open_until: null,
      consented: false,
      human_interview: false,
      stopped: false,
      ...invitation,
    },
    interview: { state: "pending", kind: "ai", withdrawn: false, joined_at: null, ...interview },
    schedule: {
      way: "any_time",
      may_choose: true,
      appointment: null,
      hold: null,
      ended: null,
      ...schedule,
    },
  }) as Standing;

test("nobody reaches the room before agreeing", () => {
  expect(pageFor("room", standing())).toBe("agree");
  expect(pageFor("room", standing({ invitation: { consented: true } }))).toBe("room");
});

test("nobody starts before the law allows it, or after the invitation has ended", () => {
  const early = standing({ invitation: { opens_at: "2026-12-01T00:00:00Z" } });
  const late = standing({ invitation: { open_until: "2026-11-22T11:59:59Z" } });
  expect([pageFor("check", early), pageFor("check", late)]).toEqual(["invitation", "invitation"]);
});

test("a paused interview goes on", () => {
  const paused = standing({
    invitation: { consented: true },
    interview: { state: "paused", joined_at: "2026-11-22T10:00:00Z" },
  });
  expect(pageFor("room", paused)).toBe("room");
});

test("after the interview every address leads to what happens next", () => {
  const over = standing({ interview: { state: "finished" } });
  expect(pageFor("room", over)).toBe("after");
  expect(isOpen(over)).toBe(false);
});

test("whoever asked for a person is told about the person", () => {
  expect(pageFor("check", standing({ invitation: { human_interview: true } }))).toBe("person");
});

test("while the organisation has stopped all interviews nobody enters, and nobody is thanked", () => {
  const stopped = (state: "ready" | "paused" | "cancelled" | "finished") =>
    standing({ invitation: { stopped: true, consented: true }, interview: { state } });
  expect(pageFor("room", stopped("ready"))).toBe("invitation");
  expect(pageFor("room", stopped("paused"))).toBe("invitation");
  expect(pageFor("room", stopped("cancelled"))).toBe("invitation");
  expect(pageFor("room", stopped("finished"))).toBe("after");
});

test("whoever withdrew is told so, also after asking for a person", () => {
  const left = standing({ invitation: { human_interview: true }, interview: { withdrawn: true } });
  expect(pageFor("invitation", left)).toBe("after");
});

test("thanks come only after an interview", () => {
  expect(pageFor("after", standing())).toBe("invitation");
});

const at = (starts: string, opens: string | null) =>
  ({ starts_at: starts, room_opens_at: opens }) as Standing["schedule"]["appointment"];
const LATER = at("2026-11-22T12:30:00Z", "2026-11-22T12:15:00Z");
const SOON = at("2026-11-22T12:10:00Z", "2026-11-22T11:55:00Z");

test("where a time must be chosen first, nobody waits before a room that does not open", () => {
  const none = standing({ schedule: { way: "slots" }, invitation: { consented: true } });
  const later = standing({
    schedule: { way: "slots", appointment: LATER },
    invitation: { consented: true },
  });
  const soon = standing({
    schedule: { way: "slots", appointment: SOON },
    invitation: { consented: true },
  });
  expect([none, later, soon].map((each) => closedBy(each, NOW))).toEqual(["no-time", "soon", null]);
  expect([none, later, soon].map((each) => pageFor("room", each))).toEqual([
    "invitation",
    "invitation",
    "room",
  ]);
});

test("an interview that has begun goes on, whatever its time was", () => {
  const begun = standing({
    schedule: { way: "slots" },
    invitation: { consented: true },
    interview: { state: "paused", joined_at: "2026-11-22T10:00:00Z" },
  });
  expect(pageFor("room", begun)).toBe("room");
});

test("a person is met nowhere in our rooms", () => {
  const person = standing({ interview: { kind: "human" }, schedule: { way: "slots" } });
  expect(closedBy(person, NOW)).toBe("person");
  expect(pageFor("agree", person)).toBe("invitation");
});

test("a time is chosen while it may be, and seen once it is there", () => {
  const free = standing({ schedule: { way: "slots" } });
  expect([pageFor("choose", free), pageFor("time", free)]).toEqual(["choose", "invitation"]);
  const booked = standing({ schedule: { way: "slots", may_choose: false, appointment: LATER } });
  expect([pageFor("choose", booked), pageFor("time", booked)]).toEqual(["time", "time"]);
  const spent = standing({ schedule: { way: "slots", may_choose: false } });
  expect([pageFor("choose", spent), pageFor("time", spent)]).toEqual(["invitation", "invitation"]);
});

test("whoever asked for a person may choose a time with one", () => {
  const asked = standing({ invitation: { human_interview: true }, schedule: { way: "slots" } });
  expect([pageFor("choose", asked), pageFor("time", asked)]).toEqual(["choose", "person"]);
});

test("a proposed time is a time; one that was put aside by oneself is not", () => {
  const hold = (proposed: boolean) =>
    standing({ schedule: { hold: { proposed } as Standing["schedule"]["hold"] } });
  expect([hasTime(hold(true)), hasTime(hold(false))]).toEqual([true, false]);
});

test("an interview that was broken off for another reason has not run out of time", () => {
  const ended = (until: string) =>
    standing({
      interview: { state: "cancelled", stage: "invited", open_until: until },
    });
  expect(hasRunOut(ended("2026-11-22T11:59:00Z"), NOW)).toBe(true);
  expect(hasRunOut(ended("2026-12-01T00:00:00Z"), NOW)).toBe(false);
});
