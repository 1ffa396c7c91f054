/** Invites several people one after the other; each has a mail, an id and an outcome of their own. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError, api, body } from "@/api/client";
import type { ApplicationRow, MailPreview } from "@/api/types";

export type Outcome =
  | { is: "waits" }
  | { is: "sending" }
  | { is: "sent" }
  | { is: "there" }
  | { is: "failed"; code: string };

export type Outcomes = Readonly<Record<string, Outcome>>;

const path = (application_id: string) => ({ params: { path: { application_id } } });
const AT_ONCE = 2;

export function useInviting() {
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<Outcomes>({});
  const [running, setRunning] = useState(false);
  const drafts = useRef(new Map<string, MailPreview>());
  const stopped = useRef(false);

  /** The mail as it will leave; written once, so that what was looked at is what is sent. */
  async function preview(id: string): Promise<MailPreview> {
    const known = drafts.current.get(id);
    if (known) return known;
    const call = api.POST("/api/applications/{application_id}/invitation/preview", path(id));
    const mail = await body(call);
    drafts.current.set(id, mail);
    return mail;
  }

  async function send(id: string): Promise<Outcome> {
    try {
      const { message_id } = await preview(id);
      // The id of the mail makes sending it again after a lost answer harmless.
      const given = { message_id, kind: "ai" as const, first: true };
      const call = api.POST("/api/applications/{application_id}/invitation", {
        ...path(id),
        body: given,
      });
      await body(call);
      return { is: "sent" };
    } catch (error) {
      return refused(error, () => drafts.current.delete(id));
    }
  }

  async function run(ids: readonly string[]) {
    stopped.current = false;
    setRunning(true);
    const note = (id: string, outcome: Outcome) =>
      setOutcomes((before) => ({ ...before, [id]: outcome }));
    const queue = [...ids];
    const worker = async () => {
      for (let id = queue.shift(); id && !stopped.current; id = queue.shift()) {
        note(id, { is: "sending" });
        note(id, await send(id));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    setRunning(false);
    void client.invalidateQueries({ queryKey: ["jobs"] });
    void client.invalidateQueries({ queryKey: ["applications"] });
  }

  const stop = () => {
    stopped.current = true;
  };
  return { outcomes, running, run, stop, preview };
}

function refused(error: unknown, forget: () => void): Outcome {
  const code = error instanceof ApiError ? error.code : "error";
  if (code === "already_invited") return { is: "there" };
  if (code === "not_previewed") forget();
  return { is: "failed", code };
}

/** Those that a press of the button is about: whoever is ready and has not been sent to. */
export function stillToSend(rows: readonly ApplicationRow[], outcomes: Outcomes): string[] {
  return rows
    .filter((row) => row.invitable === "ready")
    .map((row) => row.id)
    .filter((id) => !["sent", "there"].includes(outcomes[id]?.is ?? "waits"));
}

export const HURDLE: Record<Exclude<ApplicationRow["invitable"], "ready">, string> = {
  being_read: "Their resume is being read; try again in a moment.",
  no_address: "There is no e-mail address; open them and type one.",
  no_plan: "The plan of the job is not published.",
  stopped: "All interviews are stopped for now.",
  invited: "They are invited already.",
  past: "They are past the first invitation.",
};

const FAILED: Record<string, string> = {
  no_email: HURDLE.no_address,
  no_published_plan: HURDLE.no_plan,
  organization_stopped: HURDLE.stopped,
  not_in_screening: HURDLE.past,
  journey_over: "Their application is closed.",
  cannot_invite_now: "They cannot be invited where they stand now.",
  not_previewed: "The mail was written anew meanwhile; try again.",
  offline: "The server could not be reached; try again.",
  temporal_away: "The workflow engine is away; try again in a moment.",
  worker_away: "The workflow engine is busy; try again in a moment.",
};

export const failedWords = (code: string): string =>
  FAILED[code] ?? "It could not be sent; try again.";
