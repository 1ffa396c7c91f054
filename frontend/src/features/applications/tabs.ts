/** The tabs of a candidate's page, in order; the first is where one lands. */
export const CANDIDATE_TABS = [
  "resume",
  "match",
  "interviews",
  "scorecard",
  "messages",
  "history",
] as const;

export type CandidateTab = (typeof CANDIDATE_TABS)[number];
