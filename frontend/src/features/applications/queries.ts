/** The people of a job and one person's page, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { components } from "@/api/schema";
import type { DecisionKind, MailLanguage, MessageAct, RoundKind, Stage } from "@/api/types";
import { form } from "@/features/jobs/queries";

const path = (application_id: string) => ({ params: { path: { application_id } } });

export const applicationsQuery = (jobId: string) =>
  queryOptions({
    queryKey: ["jobs", jobId, "applications"],
    queryFn: () =>
      body(api.GET("/api/jobs/{job_id}/applications", { params: { path: { job_id: jobId } } })),
    meta: { nouns: ["application", "candidate", "interview", "decision"] },
  });

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id],
    queryFn: () => body(api.GET("/api/applications/{application_id}", path(id))),
    meta: { nouns: ["application", "candidate", "interview", "decision", "resume"] },
  });

export const resumeQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "resume"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/resume", path(id))),
    meta: { nouns: ["application", "resume"] },
  });

export const matchQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "match"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/match", path(id))),
    meta: { nouns: ["application", "resume"] },
  });

export const interviewsQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "interviews"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/interviews", path(id))),
    meta: { nouns: ["application", "interview", "turn"] },
  });

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "messages"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/messages", path(id))),
    meta: { nouns: ["application", "message"] },
  });

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "history"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/history", path(id))),
    meta: { nouns: ["application", "interview", "message", "decision", "mark", "scorecard"] },
  });

export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "decisions"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/decisions", path(id))),
    meta: { nouns: ["application", "decision"] },
  });

export type Erasure = components["schemas"]["ErasureOut"];

export const historiesQuery = (id: string) =>
  queryOptions({
    queryKey: ["applications", id, "histories"],
    queryFn: () => body(api.GET("/api/applications/{application_id}/histories", path(id))),
    meta: { nouns: ["application", "human_review", "recording_export"] },
  });

export function useEraseHistories(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/applications/{application_id}/histories/erase", path(id))),
    onSuccess: (histories) => client.setQueryData(historiesQuery(id).queryKey, histories),
  });
}

export type NewCandidate = { resume: File; name?: string; email?: string };

export function useAddCandidate(jobId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: NewCandidate) =>
      body(
        api.POST("/api/jobs/{job_id}/applications", {
          params: { path: { job_id: jobId } },
          ...form(input),
          body: {} as never,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

/** Everything about one person is asked again after a command: the journey may have moved. */
function useSettled(id: string) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["applications", id] });
    void client.invalidateQueries({ queryKey: ["jobs"] });
  };
}

export type ContactChange = {
  name?: string;
  email?: string;
  phone?: string;
  /** Null: the organisation's language again. */
  language?: MailLanguage | null;
};

export function useSetContact(id: string) {
  const onSuccess = useSettled(id);
  return useMutation({
    mutationFn: (contact: ContactChange) =>
      body(api.PUT("/api/applications/{application_id}/contact", { ...path(id), body: contact })),
    onSuccess,
  });
}

/** A preview writes a draft message, so it is asked for once per opened dialog and never cached. */
export const invitationPreviewQuery = (id: string, kind: RoundKind) =>
  queryOptions({
    queryKey: ["invitation-preview", id, kind],
    queryFn: () =>
      body(
        api.POST("/api/applications/{application_id}/invitation/preview", {
          params: { path: { application_id: id }, query: { kind } },
        }),
      ),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useInvite(id: string) {
  const onSuccess = useSettled(id);
  return useMutation({
    mutationFn: ({ message_id, kind }: { message_id: string; kind: RoundKind }) =>
      body(
        api.POST("/api/applications/{application_id}/invitation", {
          ...path(id),
          body: { message_id, kind, first: false },
        }),
      ),
    onSuccess,
  });
}

export const decisionPreviewQuery = (id: string, kind: DecisionKind) =>
  queryOptions({
    queryKey: ["decision-preview", id, kind],
    queryFn: () =>
      body(
        api.POST("/api/applications/{application_id}/decisions/preview", {
          ...path(id),
          body: { kind },
        }),
      ),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

export type NewDecision = {
  kind: DecisionKind;
  reason: string;
  message_id: string | null;
  seen_stage: Stage;
};

export function useDecide(id: string) {
  const onSuccess = useSettled(id);
  return useMutation({
    mutationFn: (decision: NewDecision) =>
      body(
        api.POST("/api/applications/{application_id}/decisions", { ...path(id), body: decision }),
      ),
    // Also when somebody was faster: the page then shows what they did.
    onSettled: onSuccess,
  });
}

/** Say that an unsure mail arrived, or send it again. */
export function useSettleMessage(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ message, act }: { message: string; act: MessageAct }) =>
      body(
        api.POST("/api/applications/{application_id}/messages/{message_id}/settle", {
          params: { path: { application_id: id, message_id: message } },
          body: { act },
        }),
      ),
    onSuccess: (messages) => client.setQueryData(messagesQuery(id).queryKey, messages),
  });
}
