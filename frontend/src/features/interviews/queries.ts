/** One interview and its scorecard, as questions and commands. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { ExportFormat, RecordingExport, Scorecard } from "@/api/types";

const path = (interview_id: string) => ({ params: { path: { interview_id } } });

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: ["interviews", id],
    queryFn: () => body(api.GET("/api/interviews/{interview_id}", path(id))),
    meta: { nouns: ["interview", "turn", "recording", "segment"] },
  });

export const scorecardQuery = (id: string) =>
  queryOptions({
    queryKey: ["interviews", id, "scorecard"],
    queryFn: () => body(api.GET("/api/interviews/{interview_id}/scorecard", path(id))),
    meta: { nouns: ["interview", "mark", "scorecard"] },
  });

const AGAIN_MS = 2000;

/** Files made of the recording; asked again by itself while one is being made. */
export const exportsQuery = (id: string) =>
  queryOptions({
    queryKey: ["interviews", id, "exports"],
    queryFn: () => body(api.GET("/api/interviews/{interview_id}/exports", path(id))),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? AGAIN_MS : false),
    meta: { nouns: ["recording_export", "recording"] },
  });

export const isUnderWay = ({ state }: RecordingExport): boolean =>
  state === "queued" || state === "making";

export function useAskForExport(interviewId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (format: ExportFormat) =>
      body(
        api.POST("/api/interviews/{interview_id}/exports", {
          ...path(interviewId),
          body: { format },
        }),
      ),
    onSettled: () =>
      client.invalidateQueries({ queryKey: exportsQuery(interviewId).queryKey, exact: true }),
  });
}

export type OwnMark = { criterionId: string; level: number | null; note: string };

export function useSetMark(interviewId: string) {
  const client = useQueryClient();
  const key = scorecardQuery(interviewId).queryKey;
  return useMutation({
    mutationFn: ({ criterionId, level, note }: OwnMark) =>
      body(
        api.PUT("/api/interviews/{interview_id}/marks/{criterion_id}", {
          params: { path: { interview_id: interviewId, criterion_id: criterionId } },
          body: { level, note },
        }),
      ),
    onSuccess: (card) => {
      client.setQueryData<Scorecard>(key, (before) => before && withCard(before, card));
      void client.invalidateQueries({ queryKey: key });
    },
  });
}

function withCard(before: Scorecard, card: Scorecard["criteria"][number]): Scorecard {
  const criteria = before.criteria.map((one) =>
    one.criterion.id === card.criterion.id ? card : one,
  );
  return { ...before, criteria };
}

export function useSubmitScorecard(interviewId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      body(api.POST("/api/interviews/{interview_id}/scorecard/submit", path(interviewId))),
    onSuccess: (card) => client.setQueryData(scorecardQuery(interviewId).queryKey, card),
  });
}
