/** The one typed way to the API: signed, renewed on 401, failures as `ApiError`. */
import createClient from "openapi-fetch";
import { recall, remember } from "@/lib/storage";
import type { paths } from "./schema";
import { Session, sendSigned } from "./session";
import type { Problem } from "./types";

/** A refusal or failure of the API; `code` is stable, the words come from `problem`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(problem.detail || problem.title || "The server did not answer");
    this.name = "ApiError";
  }

  get code(): string {
    return this.problem.code ?? (this.status === 0 ? "offline" : "error");
  }
}

export const session = new Session(renewToken);

export const api = createClient<paths>({
  fetch: (request) => send(request).catch(offline),
});

/** Signing in and out carries its own credentials: a refusal there is no reason to renew. */
function send(request: Request): Promise<Response> {
  const credential = new URL(request.url).pathname.startsWith("/api/auth/sign-");
  return credential ? fetch(request) : sendSigned(session, request, (one) => fetch(one));
}

function offline(): never {
  throw new ApiError(0, { title: "The server could not be reached", code: "offline" });
}

const SIGNED_IN = "signed-in";

session.watch(() => remember(SIGNED_IN, session.token === null ? null : "yes"));

async function renewToken(): Promise<string | null> {
  // On a device where nobody signed in there is nothing to renew, and no refusal to provoke.
  if (recall(SIGNED_IN) === null) return null;
  // The refresh token rotates: tabs take turns, or the second would show a used one.
  const renewed = () => fetch("/api/auth/refresh", { method: "POST" });
  const answer = await (navigator.locks?.request("interloop-refresh", renewed) ?? renewed());
  if (answer.status >= 500) throw new ApiError(answer.status, { title: "The server is not ready" });
  if (!answer.ok) {
    remember(SIGNED_IN, null);
    return null;
  }
  const token: unknown = await answer.json();
  return hasToken(token) ? token.access_token : null;
}

function hasToken(value: unknown): value is { access_token: string } {
  return typeof value === "object" && value !== null && "access_token" in value;
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of an answer; throws `ApiError` when the API refused. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw new ApiError(response.status, isProblem(error) ? error : {});
}

function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "title" in error;
}
