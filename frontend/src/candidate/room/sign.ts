/** Whose turn it is, in one word, one hint and one shape. Pure. */
import type { Phase } from "./messages";
import { pictureState } from "./picture";
import type { View } from "./state";

export type Shape = "rings" | "bars" | "dots" | "ring" | "pause" | "break" | "door";
export type Tint = "good" | "accent" | "plain" | "off" | "attention";
export type Sign = { shape: Shape; tint: Tint; word: string; hint: string };

const LOST: Sign = {
  shape: "break",
  tint: "attention",
  word: "Line interrupted",
  hint: "Not your fault. Your answer up to here is saved; we connect again.",
};

const PHASES: Record<Phase, Sign> = {
  connecting: {
    shape: "dots",
    tint: "plain",
    word: "One moment",
    hint: "The interviewer is on the way.",
  },
  waiting: {
    shape: "door",
    tint: "plain",
    word: "Ready when you are",
    hint: "Nothing is said or recorded before you press Start.",
  },
  interviewer: {
    shape: "bars",
    tint: "accent",
    word: "Interviewer speaks",
    hint: "Speak whenever you want; it stops for you.",
  },
  candidate: {
    shape: "rings",
    tint: "good",
    word: "Your turn",
    hint: "The interviewer is listening. Pauses are fine.",
  },
  thinking: {
    shape: "ring",
    tint: "good",
    word: "Your time to think",
    hint: "Nobody waits for a sound. Speak when you are ready.",
  },
  moment: {
    shape: "dots",
    tint: "plain",
    word: "One moment",
    hint: "The interviewer is thinking about your answer.",
  },
  paused: {
    shape: "pause",
    tint: "off",
    word: "Paused",
    hint: "Nothing is heard or recorded. Your place is kept.",
  },
  ended: {
    shape: "ring",
    tint: "plain",
    word: "The interview is over",
    hint: "Thank you. Everything you said is saved.",
  },
};

const TYPED_HINTS: Partial<Record<Phase, string>> = {
  candidate: "Type your answer below and send it. Take your time.",
  interviewer: "The words of the interviewer stand in the captions.",
  thinking: "Nobody waits. Type when you are ready.",
  waiting: "Nothing is asked or recorded before you press Start.",
};

export type SignInput = {
  view: View;
  /** The candidate keeps the turn with the button or Space. */
  held: boolean;
  /** No voice goes out: answers are typed. */
  typing: boolean;
  /** "Friday 4 December", when the invitation has an end. */
  keptUntil: string | null;
};

export function signFor({ view, held, typing, keptUntil }: SignInput): Sign {
  if (view.line === "lost") return LOST;
  if (view.line === "over") return PHASES.ended;
  if (view.line === "joining") return { ...PHASES.connecting, hint: "We open the room for you." };
  if (view.line === "queued") return queued(view.place);
  const phase = view.room?.phase ?? "connecting";
  const sign = PHASES[phase];
  if (held && (phase === "candidate" || phase === "thinking"))
    return { ...PHASES.candidate, hint: "You keep the turn, however long you are silent." };
  if (phase === "paused" && keptUntil)
    return {
      ...sign,
      hint: `Nothing is heard or recorded. Your place is kept until ${keptUntil}.`,
    };
  return typing ? { ...sign, hint: TYPED_HINTS[phase] ?? sign.hint } : sign;
}

function queued(place: number | null): Sign {
  if (place === null) return { ...PHASES.connecting, hint: "We open the room for you." };
  return {
    shape: "door",
    tint: "plain",
    word: place === 1 ? "You are next" : `You are number ${place} in line`,
    hint: "All rooms are taken right now. Yours opens by itself.",
  };
}

/** `aside`: said where there is room for it. */
export type Connection = { word: string; trouble: boolean; aside?: string };

/** The connection in a word. */
export function connectionWord(view: View): Connection {
  if (view.line === "lost") return { word: "interrupted", trouble: true };
  if (view.line !== "open") return { word: "opening", trouble: false };
  const sender = view.way === "wire" ? null : view.sender;
  if (sender?.line === "voice_only" && pictureState(view) === "rests")
    return { word: "voice only", trouble: true };
  if (view.weak || (sender && sender.line !== "good")) return { word: "weak", trouble: true };
  return { word: "good", trouble: false, aside: view.way === "wire" ? ", the long way" : "" };
}
