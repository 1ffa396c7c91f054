/** The parts of one's own schedule. */
export const SCHEDULE_PARTS = ["meetings", "hours", "calendar"] as const;
export type SchedulePart = (typeof SCHEDULE_PARTS)[number];
