/** What the candidate's pages ask of the API, typed by the generated schema. */
import createClient from "openapi-fetch";
import type { components, paths } from "@/api/schema";
import { Session, sendSigned } from "@/api/session";
import type { Wanted } from "./keep/backfill";
import type { Source } from "./keep/pieces";
import type { JoinReply } from "./room/line";

type Schemas = components["schemas"];
export type Invitation = Schemas["CandidateInvitationOut"];
export type OwnInterview = Schemas["CandidateInterviewOut"];
export type TranscriptTurn = Schemas["TranscriptTurn"];
export type Transcript = Schemas["TranscriptOut"];

/** A refusal of the API: `code` picks the words on the page. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const plain = createClient<paths>({ baseUrl: location.origin });

const session = new Session(async () => {
  const { data } = await plain.POST("/api/candidate/session");
  return data?.access_token ?? null;
});

const client = createClient<paths>({
  baseUrl: location.origin,
  fetch: (request) => sendSigned(session, request, fetch),
});

type Reply<T> = { data?: T; error?: unknown; response: Response };

function taken<T>({ data, error, response }: Reply<T>): T {
  if (data !== undefined) return data;
  const code = (error as { code?: unknown } | undefined)?.code;
  throw new Refused(response.status, typeof code === "string" ? code : "unknown");
}

/** Trade the link's secret for a session; it works once. */
export async function redeem(token: string): Promise<void> {
  const reply = await plain.POST("/api/candidate/links/redeem", { body: { token } });
  session.set(taken(reply).access_token);
}

/** Call `tell` whenever this browser signs in, or its sign-in ends. Returns how to stop. */
export const watchSession = (tell: (signedIn: boolean) => void): (() => void) =>
  session.watch(() => tell(session.token !== null));

/** True when this browser is signed in (by its cookie). */
export const isSignedIn = async (): Promise<boolean> => (await session.renew()) !== null;

export const getInvitation = async (): Promise<Invitation> =>
  taken(await client.GET("/api/candidate/invitation"));

export async function agree(hash: string, video: boolean): Promise<Invitation> {
  const body = { notice_sha256: hash, recording: true, video };
  return taken(await client.POST("/api/candidate/consent", { body }));
}

export type OwnLink = Schemas["OwnLinkOut"];

/** A link for another device; it works once, and an earlier unused one stops working. */
export const makeOwnLink = async (): Promise<OwnLink> =>
  taken(await client.POST("/api/candidate/links"));

export type Schedule = Schemas["CandidateScheduleOut"];
export type Appointment = Schemas["OwnAppointmentOut"];
export type EndedTime = Schemas["EndedTimeOut"];

/** Which time the candidate has, and what they may do about it. */
export const getSchedule = async (): Promise<Schedule> =>
  taken(await client.GET("/api/candidate/schedule"));

/** The times that are free now; the AI's are those of a day in that zone. */
export async function getSlots(zone: string): Promise<Schemas["SlotsOut"]> {
  return taken(await client.GET("/api/candidate/slots", { params: { query: { zone } } }));
}

/** Put a time aside; an earlier one is given back. */
export async function holdTime(time: string, zone: string): Promise<Schemas["HoldOut"]> {
  return taken(await client.POST("/api/candidate/holds", { body: { starts_at: time, zone } }));
}

/** Take the time that is put aside or proposed, or move the booked one there. */
export async function confirmTime(hold: string, zone: string): Promise<Schedule> {
  return taken(await client.POST("/api/candidate/appointment", { body: { hold_id: hold, zone } }));
}

/** Give the booked time back, or decline the proposed one. */
export const cancelTime = async (): Promise<Schedule> =>
  taken(await client.POST("/api/candidate/appointment/cancel"));

/** The booked time as calendars read it. */
export const getCalendarFile = async (): Promise<Blob> =>
  taken(await client.GET("/api/candidate/appointment.ics", { parseAs: "blob" }));

export const askForPerson = async (): Promise<Invitation> =>
  taken(await client.POST("/api/candidate/human-interview"));

export const getInterview = async (): Promise<OwnInterview> =>
  taken(await client.GET("/api/candidate/interview"));

export const getTranscript = async (): Promise<Transcript> =>
  taken(await client.GET("/api/candidate/transcript"));

export async function changeTurn(
  turnId: string,
  body: { text: string } | { confirm: true },
): Promise<TranscriptTurn> {
  const params = { path: { turn_id: turnId } };
  const full = "text" in body ? { text: body.text, confirm: false } : body;
  return taken(await client.PUT("/api/candidate/turns/{turn_id}", { params, body: full }));
}

export type OwnReview = Schemas["OwnReviewOut"];

export const getReview = async (): Promise<OwnReview> =>
  taken(await client.GET("/api/candidate/review"));

/** Ask for another person to review a rejection; what they should look at may be empty. */
export const askForReview = async (words: string): Promise<OwnReview> =>
  taken(await client.POST("/api/candidate/review", { body: { words } }));

export const withdraw = async (): Promise<OwnInterview> =>
  taken(await client.POST("/api/candidate/withdraw"));

const JOIN_MS = 20_000;

/**
 * Ask where to join; throws when the API cannot say, so that the line tries again.
 *
 * `over`: this line has nothing more to join; where the candidate stands says why.
 */
export async function whereToJoin(failedEpoch: number | null): Promise<JoinReply> {
  const body = { failed_epoch: failedEpoch };
  const signal = AbortSignal.timeout(JOIN_MS);
  const reply = await client.POST("/api/candidate/join", { body, signal });
  const { status } = reply.response;
  if (status === 403 || status === 410) return { at: "over" };
  const { code } = (reply.error ?? {}) as { code?: string };
  if (code === "organization_stopped") return { at: "over" };
  // The round is being opened: as with a full house, ask again in a moment.
  if (status === 409) return { at: "queue", place: null };
  const data = taken(reply);
  return "waiting" in data
    ? { at: "queue", place: data.place ?? null }
    : { at: "gateway", ...data };
}

/** What of oneself did not arrive, also of the picture if asked; null: nothing more is taken. */
export async function whatIsMissing(interview: string, picture: boolean): Promise<Wanted | null> {
  const params = { path: { interview_id: interview }, query: { picture } };
  const reply = await client.GET("/api/candidate/interviews/{interview_id}/recording", { params });
  if ([403, 404, 410].includes(reply.response.status)) return null;
  const { missing, missing_picture, settled_ms, over } = taken(reply);
  return { spans: { microphone: missing, camera: missing_picture }, settled: settled_ms, over };
}

/** Hand in a piece of oneself; one that is refused for good is not tried again. */
export async function sendPiece(
  interview: string,
  piece: Uint8Array<ArrayBuffer>,
  { source, epoch, error }: { source: Source; epoch: number; error: number },
): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const reply = await client.PUT(
    "/api/candidate/interviews/{interview_id}/recording/pieces/{sha256}",
    {
      params: {
        path: { interview_id: interview, sha256 },
        query: { source, epoch, error_ms: Math.min(60_000, Math.ceil(error)) },
      },
      body: "",
      bodySerializer: () => piece,
      headers: { "content-type": "application/octet-stream" },
      priority: "low",
    },
  );
  if (![409, 413, 422].includes(reply.response.status)) taken(reply);
}
