/** On every part of one's schedule: the calendar that must be connected again. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Banner, Button } from "@/ui";
import { calendarQuery } from "./queries";

export function CalendarNotice() {
  const connection = useQuery(calendarQuery).data?.connection;
  if (connection?.state !== "revoked") return null;
  return (
    <div className="mt-4">
      <Banner
        tone="attention"
        title="Your calendar must be connected again"
        action={
          <Button asChild size="s">
            <Link to="/schedule" search={{ part: "calendar" }}>
              To the calendar
            </Link>
          </Button>
        }
      >
        Until then you are offered to no candidate.
      </Banner>
    </div>
  );
}
