/** The booked time as a file that calendars read. */
import { useState } from "react";
import { Button, Icon } from "@/ui";
import { getCalendarFile } from "../api";
import { Note } from "../layout";

export function CalendarFile({ primary }: { primary: boolean }) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const add = async () => {
    setState("busy");
    try {
      keep(await getCalendarFile(), "interview.ics");
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button
        variant={primary ? "primary" : "default"}
        size="l"
        onClick={add}
        aria-disabled={state === "busy"}
      >
        <Icon name="calendar" size={20} />
        Add to calendar
      </Button>
      {state === "failed" && (
        <Note tone="attention" live>
          <p>The file did not reach you. Your time is booked all the same; please try again.</p>
        </Note>
      )}
    </>
  );
}

function keep(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
