import { expect, test } from "vitest";
import type { Appointment } from "../api";
import type { Standing } from "../where";
import {
  changesWords,
  elsewhereWords,
  endedWords,
  lengthWords,
  notOpenWords,
  searchWords,
  spanWords,
  troubleWords,
  wayInWords,
  whoWords,
} from "./words";

const BEFORE = { starts_at: "2026-10-24T08:00:00Z", ends_at: "2026-10-24T08:45:00Z" };
const BETWEEN = { starts_at: "2026-10-26T08:00:00Z", ends_at: "2026-10-26T08:45:00Z" };

const standing = (schedule: object, contact: { name: string } | null = { name: "Mara" }) =>
  ({
    schedule: { minutes: 45, with_person: false, why_not: null, ...schedule },
    invitation: { minutes: 25, organization: "Larkfield", contact },
  }) as unknown as Standing;

test("a time is told from its beginning to its end, on the clock of that day", () => {
  expect(spanWords(BEFORE, "Europe/Berlin")).toBe("10:00 to 10:45");
  expect(spanWords(BETWEEN, "Europe/Berlin")).toBe("09:00 to 09:45");
});

test("another clock is named only on days on which it shows another time", () => {
  expect(elsewhereWords(BEFORE, "Europe/Berlin", "Europe/Paris")).toBeNull();
  expect(elsewhereWords(BEFORE, "Europe/Berlin", null)).toBeNull();
  // Between Europe's change of clocks and America's there are five hours, not six.
  expect(elsewhereWords(BETWEEN, "Europe/Berlin", "America/New_York")).toBe(
    "This device is set to New York time: there it is Monday 26 October, 04:00.",
  );
  expect(elsewhereWords(BEFORE, "Africa/Lagos", "Europe/Berlin")).toMatch("10:00");
  expect(elsewhereWords(BETWEEN, "Africa/Lagos", "Europe/Berlin")).toBeNull();
});

test("what is set aside beyond the length of the interview is said", () => {
  expect(lengthWords(standing({}))).toEqual({
    takes: "about 25 minutes",
    more: "45 minutes are set aside",
  });
  expect(lengthWords(standing({ with_person: true }))).toEqual({ takes: "about 45 minutes" });
});

test("whom one meets is said before it is a name", () => {
  const { schedule } = standing({ with_person: true, appointment: null });
  expect(whoWords(schedule, "Larkfield")).toBe("A person at Larkfield");
  const booked = standing({ with_person: true, appointment: { with_whom: "Ruth" } }).schedule;
  expect(whoWords(booked, "Larkfield")).toBe("Ruth");
  expect(whoWords(standing({}).schedule, "Larkfield")).toBe("An AI interviewer, not a person");
});

test("how often one can still move it is a word", () => {
  expect([0, 1, 2, 3].map(changesWords)).toEqual(["not any more", "once", "twice", "three times"]);
});

test("a time that fell is named, and nobody is blamed", () => {
  const at = { ...BEFORE, zone: "Europe/Berlin" };
  expect(endedWords({ ...at, state: "missed" })).toMatch(
    "We did not meet at your time, Saturday 24 October, 10:00.",
  );
  expect(endedWords({ ...at, state: "cancelled" })).toMatch("is cancelled");
});

test("who cannot choose reads who helps", () => {
  for (const why of ["no_free_change", "too_late", "not_open"])
    expect(notOpenWords(standing({ why_not: why }))).toMatch("write to Mara");
  expect(notOpenWords(standing({}, null))).toMatch("the person who invited you");
});

test("every trouble says what has become of the time", () => {
  for (const trouble of ["taken", "near", "closed", "spent", "gone", "away"] as const)
    expect(troubleWords(trouble, "Monday 26 October, 09:00")).toMatch(
      /Nothing|nothing|free now|can still be chosen|not put aside/,
    );
});

const EARLY = { open: false, begins: false, over: false };
const time = (more: object) =>
  ({ zone: "Europe/Berlin", place: null, room_opens_at: null, ...more }) as unknown as Appointment;

test("how one meets a person is said before, at and after the time", () => {
  const person = standing({ with_person: true });
  const at = (place: string | null, moment = EARLY) => wayInWords(person, time({ place }), moment);
  expect(at(null)).toMatch("Mara tells you");
  expect(at("Room 4")).toMatch("in person");
  expect(at("https://meet.example.com/room-4")).toMatch("in a video call");
  expect(at("Room 4", { ...EARLY, begins: true })).toMatch("It is time");
  // Nobody is blamed for a meeting of which nobody has told yet.
  expect(at("Room 4", { open: false, begins: true, over: true })).toBe(
    "This time has passed. If you did not meet, write to Mara: it is not decided by a clock.",
  );
});

test("the way to the AI is said by when it opens", () => {
  const ai = standing({});
  const opens = time({ room_opens_at: "2026-10-26T07:45:00Z" });
  expect(wayInWords(ai, opens, EARLY)).toMatch("opens on this page at 08:45");
  expect(wayInWords(ai, opens, { ...EARLY, open: true })).toMatch("agree first");
  expect(wayInWords(ai, time({}), { ...EARLY, open: true })).toMatch("start earlier");
});

test("who declined what was proposed is looked for, and in the end told who looks", () => {
  expect(searchWords(false).text).toMatch("given back");
  expect(searchWords(true).title).toBe("We found no other time yet");
  expect(searchWords(true).text).toMatch(/A person looks .* You can also choose a time yourself/);
});
