/** Where one meeting takes place: a room in a few words, or a video link. */
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import type { Appointment } from "@/api/types";
import { problemOf } from "@/lib/place";
import { Banner, Field, FormDialog, Input, useToast } from "@/ui";
import { useSetPlace } from "./queries";

type Props = { applicationId: string; name: string; time: Appointment; onClose: () => void };

export function PlaceDialog({ applicationId, name, time, onClose }: Props) {
  const [place, setPlace] = useState(time.place ?? "");
  const set = useSetPlace(applicationId);
  const tell = useToast();
  const problem = problemOf(place) ?? undefined;
  const said = place.trim() || null;
  const booked = time.state === "booked";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem || said === time.place) return;
    set.mutate(said, {
      onSuccess: () => {
        tell({ text: booked ? `Saved. ${name} is told by mail.` : "Saved." });
        onClose();
      },
    });
  };
  return (
    <FormDialog
      title="Where you meet"
      send={booked ? "Save and tell them" : "Save"}
      disabled={Boolean(problem) || said === time.place || set.isPending}
      onSubmit={submit}
      onClose={onClose}
      className="grid gap-3"
    >
      {set.error && <Banner tone="trouble">{words(set.error)}</Banner>}
      <Field label="Place or video link" error={problem}>
        {(ids) => (
          <Input
            {...ids}
            value={place}
            maxLength={400}
            autoComplete="off"
            placeholder="Room 4, second floor, or https://…"
            onChange={(event) => setPlace(event.target.value)}
          />
        )}
      </Field>
      <p className="text-ink-2">
        {name} sees it on their page{booked && ", and gets a mail with it"}. Calendars that have the
        time take it over.
      </p>
    </FormDialog>
  );
}

function words(error: Error): string {
  if (error instanceof ApiError && error.code === "mail_waits")
    return "The place is saved, but the workflow engine is away: send the mail from Messages.";
  return `${error.message}. Nothing was changed.`;
}
