/** Everything the room's page knows, in one pure reducer. */
import { type CaptionLine, withCaption } from "./captions";
import type {
  Caption,
  NoticeCode,
  RefusedCode,
  RoomState,
  SenderLimits,
  ServerMessage,
} from "./messages";

/** The line to the gateway. `replaced` and `over` are last words: nothing is tried after them. */
export type LineState = "joining" | "queued" | "open" | "lost" | "replaced" | "over";

/** The voice beside the line. `off`: not asked for; `failed`: given up, typing goes on. */
export type VoiceState = "off" | "connecting" | "on" | "failed";

/** The camera: off, for oneself alone, or to be recorded as well. */
export type PictureChoice = "off" | "local" | "shared";

/** How the voice goes: over WebRTC, or over a WebSocket where UDP is blocked. */
export type Way = "direct" | "wire";

export type SentAnswer = { id: string; text: string };

export type View = {
  line: LineState;
  /** Failed tries since the line was lost. */
  tries: number;
  /** Place in the queue while `queued`, when it is known. */
  place: number | null;
  epoch: number | null;
  /** Number of the newest state; told in `hello`. Captions are replayed by turn, not by number. */
  seq: number;
  room: RoomState | null;
  captions: readonly CaptionLine[];
  weak: boolean;
  interviewerAway: boolean;
  moving: boolean;
  voice: VoiceState;
  picture: PictureChoice;
  /** What the gateway lets this page send, once voice was negotiated. */
  sender: SenderLimits | null;
  way: Way | null;
  /** This browser can send its picture over the wire too, as far as is known. */
  films: boolean;
  /** Typed answers that were sent and have not come back as a committed turn. */
  unanswered: readonly SentAnswer[];
};

export type Action =
  | { type: "queued"; place: number | null }
  | { type: "joined"; epoch: number }
  | { type: "lost" }
  | { type: "heard"; message: ServerMessage }
  | { type: "voice"; voice: VoiceState; way: Way | null }
  | { type: "picture"; picture: PictureChoice }
  | { type: "unfilmed" }
  | { type: "answered"; answer: SentAnswer }
  | { type: "over" };

export const START: View = {
  line: "joining",
  tries: 0,
  place: null,
  epoch: null,
  seq: 0,
  room: null,
  captions: [],
  weak: false,
  interviewerAway: false,
  moving: false,
  voice: "off",
  picture: "off",
  sender: null,
  way: null,
  films: true,
  unanswered: [],
};

/** True when nothing more can come over this page's line. */
export const isLast = (view: View): boolean => view.line === "replaced" || view.line === "over";

export function reduce(view: View, action: Action): View {
  if (isLast(view)) return view;
  switch (action.type) {
    case "queued":
      return { ...view, line: "queued", place: action.place };
    case "joined":
      return { ...view, epoch: action.epoch };
    case "lost":
      return { ...view, line: "lost", tries: view.line === "lost" ? view.tries + 1 : 0 };
    case "heard":
      return heard(view, action.message);
    case "voice":
      return { ...view, voice: action.voice, way: action.way };
    case "picture":
      return { ...view, picture: action.picture };
    case "unfilmed":
      return { ...view, films: false };
    case "answered":
      return { ...view, unanswered: [...view.unanswered, action.answer] };
    case "over":
      return { ...view, line: "over" };
  }
}

function heard(view: View, message: ServerMessage): View {
  switch (message.kind) {
    case "state":
      return message.seq > view.seq ? withState(view, message) : view;
    case "caption":
      return withWords(view, message);
    case "notice":
      return { ...view, ...afterNotice(message.code) };
    case "sender":
      return { ...view, sender: message };
    case "refused":
      return refused(view, message.code);
    default:
      return view;
  }
}

function withWords(view: View, caption: Caption): View {
  const captions = withCaption(view.captions, caption);
  if (captions === view.captions) return view;
  const unanswered = caption.final ? without(view.unanswered, caption.text) : view.unanswered;
  return { ...view, captions, unanswered };
}

function withState(view: View, room: RoomState): View {
  const line = room.phase === "ended" ? "over" : "open";
  return { ...view, seq: room.seq, line, room, tries: 0, place: null, moving: false };
}

function refused(view: View, code: RefusedCode): View {
  if (code === "interview_over") return { ...view, line: "over" };
  return code === "bad_offer" ? { ...view, voice: "failed" } : view;
}

function without(sent: readonly SentAnswer[], text: string): readonly SentAnswer[] {
  const at = sent.findIndex((answer) => answer.text.trim() === text.trim());
  return at < 0 ? sent : sent.filter((_, index) => index !== at);
}

function afterNotice(code: NoticeCode): Partial<View> {
  switch (code) {
    case "replaced_by_newer_tab":
      return { line: "replaced" };
    case "interview_over":
    case "organization_stopped":
      return { line: "over" };
    case "line_weak":
    case "line_good":
      return { weak: code === "line_weak" };
    case "model_away":
    case "model_back":
      return { interviewerAway: code === "model_away" };
    case "gateway_draining":
      return { moving: true };
  }
}
