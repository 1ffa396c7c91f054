import { expect, test } from "vitest";
import { isOpen, pageFor, type Standing } from "./where";

type Parts = {
  invitation?: Partial<Standing["invitation"]>;
  interview?: Partial<Standing["interview"]>;
};

const standing = ({ invitation, interview }: Parts = {}): Standing =>
  ({
    invitation: { may_start: true, consented: false, human_interview: false, ...invitation },
    interview: { state: "pending", withdrawn: false, joined_at: null, ...interview },
  }) as Standing;

test("nobody reaches the room before agreeing", () => {
  expect(pageFor("room", standing())).toBe("agree");
  expect(pageFor("room", standing({ invitation: { consented: true } }))).toBe("room");
});

test("nobody starts before the law allows it", () => {
  expect(pageFor("check", standing({ invitation: { may_start: false } }))).toBe("invitation");
});

test("a paused interview goes on, also when nothing new could start", () => {
  const paused = standing({
    invitation: { may_start: false, consented: true },
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

test("whoever withdrew is told so, also after asking for a person", () => {
  const left = standing({ invitation: { human_interview: true }, interview: { withdrawn: true } });
  expect(pageFor("invitation", left)).toBe("after");
});

test("thanks come only after an interview", () => {
  expect(pageFor("after", standing())).toBe("invitation");
});
