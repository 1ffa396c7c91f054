import { expect, test } from "vitest";
import type { Page } from "./address";
import { isOpen, pageFor as pageAt, type Standing } from "./where";

const NOW = new Date("2026-11-22T12:00:00Z");
const pageFor = (asked: Page, of: Standing) => pageAt(asked, of, NOW);

type Parts = {
  invitation?: Partial<Standing["invitation"]>;
  interview?: Partial<Standing["interview"]>;
};

const standing = ({ invitation, interview }: Parts = {}): Standing =>
  ({
    invitation: {
      opens_at: null,
      open_until: null,
      consented: false,
      human_interview: false,
      stopped: false,
      ...invitation,
    },
    interview: { state: "pending", withdrawn: false, joined_at: null, ...interview },
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
