/** One's own schedule: meetings ahead, the hours one can be booked in, and one's calendar. */
import { getRouteApi } from "@tanstack/react-router";
import { CalendarPart } from "@/features/calendars/calendar-part";
import { CalendarNotice } from "@/features/calendars/notice";
import { HoursPart } from "@/features/hours/hours-part";
import { MeetingsPart } from "@/features/scheduling/meetings-part";
import type { SchedulePart } from "@/features/scheduling/parts";
import { Page } from "@/shell/page";
import { Tabs } from "@/ui";

const route = getRouteApi("/staff/schedule");

const TABS = [
  { value: "meetings", label: "Meetings" },
  { value: "hours", label: "Hours" },
  { value: "calendar", label: "Calendar" },
] as const satisfies readonly { value: SchedulePart; label: string }[];

export function SchedulePage() {
  const { part = "meetings" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="Schedule" crumbs={[{ label: "Schedule" }]}>
      {part !== "calendar" && <CalendarNotice />}
      <div className="mt-3">
        <Tabs
          label="Schedule"
          value={part}
          onChange={(next: SchedulePart) => void navigate({ search: { part: next } })}
          tabs={TABS}
        >
          {part === "meetings" && <MeetingsPart />}
          {part === "hours" && <HoursPart />}
          {part === "calendar" && <CalendarPart />}
        </Tabs>
      </div>
    </Page>
  );
}
