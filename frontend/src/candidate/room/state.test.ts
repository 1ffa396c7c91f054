import { describe, expect, test } from "vitest";
import type { ServerMessage } from "./messages";
import { type Action, reduce, START, type View } from "./state";

type StatePart = Partial<Extract<ServerMessage, { kind: "state" }>>;

const TURN = "00000000-0000-7000-8000-000000000001";
const ANSWER = "00000000-0000-7000-8000-0000000000aa";

const state = (seq: number, part: StatePart = {}): ServerMessage => ({
  kind: "state",
  seq,
  version: 1,
  epoch: 1,
  phase: "candidate",
  question_id: "q1",
  question: "What did you change?",
  question_no: 1,
  questions: 4,
  clock_ms: 0,
  minutes_planned: 20,
  interviewer: "Noa",
  typed_only: false,
  ...part,
});

const caption = (seq: number, text: string, final = false, source = "voice"): ServerMessage =>
  ({
    kind: "caption",
    seq,
    turn_id: TURN,
    turn_seq: 2,
    speaker: "candidate",
    source,
    text,
    final,
    reliable: true,
  }) as ServerMessage;

const heard = (...messages: ServerMessage[]): Action[] =>
  messages.map((message) => ({ type: "heard", message }));

const viewOf = (...actions: Action[]): View => actions.reduce(reduce, START);
const joined = (epoch: number): Action => ({ type: "joined", epoch });

describe("replay", () => {
  test("a message that was heard before changes nothing", () => {
    const once = viewOf(joined(1), ...heard(state(1), caption(2, "It was on a Friday")));
    expect(reduce(once, { type: "heard", message: caption(2, "It was") })).toBe(once);
  });

  test("the number of the newest state is told to whoever answers next", () => {
    const view = viewOf(
      joined(1),
      ...heard(state(7), caption(8, "It")),
      { type: "lost" },
      joined(2),
    );
    expect([view.seq, view.epoch]).toEqual([7, 2]);
  });

  test("another gateway sends the turns again, and no word doubles", () => {
    const view = viewOf(
      joined(1),
      ...heard(state(7), caption(8, "It was on a")),
      { type: "lost" },
      joined(2),
      ...heard(caption(2_000_001, "It was on a Friday"), state(2_000_002, { epoch: 2 })),
    );
    expect(view.captions.map((line) => line.text)).toEqual(["It was on a Friday"]);
    expect(view.line).toBe("open");
  });

  test("turns may be replayed in their own order, whatever their numbers", () => {
    const amended = { ...caption(50, "first", true), turn_id: ANSWER, turn_seq: 1 };
    const view = viewOf(...heard(state(60), amended as ServerMessage, caption(45, "second", true)));
    expect(view.captions.map((line) => line.text)).toEqual(["first", "second"]);
  });

  test("an old state does not undo a newer one", () => {
    const view = viewOf(...heard(state(5), state(4, { phase: "interviewer" })));
    expect(view.room?.phase).toBe("candidate");
  });

  test("pongs and answers do not count as heard messages", () => {
    const view = viewOf(
      joined(1),
      ...heard({ kind: "pong", seq: 9, at: 0, clock_ms: 0 }, state(1)),
    );
    expect(view.line).toBe("open");
  });
});

describe("captions", () => {
  test("a committed turn never goes back to a part of itself", () => {
    const view = viewOf(...heard(caption(1, "It was Friday.", true), caption(2, "It was")));
    expect(view.captions[0]?.text).toBe("It was Friday.");
  });

  test("an amended turn takes the place of the old one", () => {
    const amended = { ...caption(3, "On a Friday.", true), turn_id: ANSWER } as ServerMessage;
    const view = viewOf(...heard(caption(2, "On a fryday.", true), amended));
    expect(view.captions.map((line) => line.text)).toEqual(["On a Friday."]);
  });

  test("the end that may still change is told apart by whole words", () => {
    const view = viewOf(
      ...heard(caption(1, "only the bank show"), caption(2, "only the bank shows it")),
    );
    expect(view.captions[0]?.settled).toBe("only the bank ".length);
  });

  test("turns stand in the order of the interview, not of their arrival", () => {
    const late = { ...caption(2, "first", true), turn_id: ANSWER, turn_seq: 1 } as ServerMessage;
    const view = viewOf(...heard(caption(1, "second"), late));
    expect(view.captions.map((line) => line.text)).toEqual(["first", "second"]);
  });
});

describe("typed answers", () => {
  const sent: Action = { type: "answered", answer: { id: ANSWER, text: " We kept a key. " } };

  test("an answer is kept until it comes back as a committed turn", () => {
    const waiting = viewOf(joined(1), sent, { type: "lost" }, joined(2));
    expect(waiting.unanswered).toHaveLength(1);
    const [back] = heard(caption(1, "We kept a key.", true, "typed"));
    expect(back && reduce(waiting, back).unanswered).toEqual([]);
  });

  test("other words do not count as the answer", () => {
    expect(viewOf(sent, ...heard(caption(1, "Another", true))).unanswered).toHaveLength(1);
  });
});

describe("the line", () => {
  test("losing it forgets nothing and counts the tries that fail", () => {
    const view = viewOf(joined(1), ...heard(state(1)), { type: "lost" }, { type: "lost" });
    expect([view.line, view.tries, view.room?.question_no]).toEqual(["lost", 1, 1]);
  });

  test("a newer tab is the last word", () => {
    const notice: ServerMessage = { kind: "notice", seq: 2, code: "replaced_by_newer_tab" };
    const view = viewOf(joined(1), ...heard(state(1), notice), { type: "lost" });
    expect(view.line).toBe("replaced");
  });

  test.each([
    ["the last state", state(2, { phase: "ended" })],
    ["a notice", { kind: "notice", seq: 2, code: "interview_over" }],
    ["a refusal", { kind: "refused", seq: 0, code: "interview_over" }],
  ] as [string, ServerMessage][])("%s ends the interview", (_, message) => {
    expect(viewOf(joined(1), ...heard(state(1), message)).line).toBe("over");
  });

  test("a refused offer leaves the line open for typing", () => {
    const view = viewOf(
      joined(1),
      ...heard(state(1), { kind: "refused", seq: 0, code: "bad_offer" }),
    );
    expect([view.line, view.voice]).toEqual(["open", "failed"]);
  });

  test("a weak line and an interviewer who is away are told and taken back", () => {
    const notice = (seq: number, code: "line_weak" | "model_away" | "line_good" | "model_back") =>
      ({ kind: "notice", seq, code }) as ServerMessage;
    const bad = viewOf(...heard(notice(1, "line_weak"), notice(2, "model_away")));
    expect([bad.weak, bad.interviewerAway]).toEqual([true, true]);
    const good = heard(notice(3, "line_good"), notice(4, "model_back")).reduce(reduce, bad);
    expect([good.weak, good.interviewerAway]).toEqual([false, false]);
  });
});
