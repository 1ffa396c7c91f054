/** Where they meet; said also when nobody has said it, for then the candidate asks. */
import { useState } from "react";
import { linkOf } from "@/lib/place";
import { Button } from "@/ui";
import { PlaceDialog } from "./place-dialog";
import type { Standing } from "./standing";

type Props = { applicationId: string; name: string; standing: Standing; mayBook: boolean };

export function MeetingPlace({ applicationId, name, standing, mayBook }: Props) {
  const [asking, setAsking] = useState(false);
  if (standing.is === "none" || !standing.time.interviewer) return null;
  const { time, is } = standing;
  const ahead = is === "booked" || is === "proposed" || is === "choosing";
  if (!time.place && !ahead) return null;
  return (
    <p className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
      <Where place={time.place} />
      {mayBook && ahead && (
        <Button size="s" onClick={() => setAsking(true)}>
          {time.place ? "Change the place" : "Say where"}
        </Button>
      )}
      {asking && (
        <PlaceDialog
          applicationId={applicationId}
          name={name}
          time={time}
          onClose={() => setAsking(false)}
        />
      )}
    </p>
  );
}

function Where({ place }: { place: string | null }) {
  if (!place) return <span className="text-ink-2">No place or link is said yet</span>;
  const link = linkOf(place);
  return (
    <span className="min-w-0 break-words">
      Where:{" "}
      {link ? (
        <a href={link} target="_blank" rel="noreferrer" className="link">
          {link}
        </a>
      ) : (
        place
      )}
    </span>
  );
}
