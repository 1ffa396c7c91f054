/** Book a time for a candidate, or move theirs: one that is offered, or any with a named person. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Appointment, StaffSlots } from "@/api/types";
import { wallClock } from "@/lib/wall-clock";
import { Failed } from "@/shell/faces";
import { Banner, Button, Dialog, SkeletonRows, useToast } from "@/ui";
import { dayIn, ownZone } from "./instants";
import { OtherTime } from "./other-time";
import { slotsQuery, useBook, type Wanted } from "./queries";
import { whyNoTime } from "./refusals";
import { SlotList } from "./slot-list";

type Props = {
  applicationId: string;
  jobId: string;
  name: string;
  /** The time that is moved, if one stands. */
  moves: Appointment | null;
  onClose: () => void;
};

export function BookDialog({ applicationId, jobId, name, moves, onClose }: Props) {
  const { data, error, refetch } = useQuery(slotsQuery(applicationId));
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const book = useBook(applicationId);
  const tell = useToast();
  const choose = (next: Wanted | null) => {
    setWanted(next);
    if (book.isError) book.reset();
  };
  const go = () =>
    wanted &&
    book.mutate(wanted, {
      onSuccess: (booked) => {
        tell({
          text: `${moves ? "Moved" : "Booked"}: ${whenWords(booked.starts_at)}. ${name} is told by mail.`,
        });
        onClose();
      },
      // What was chosen is gone; the fresh list is what counts.
      onError: () => setWanted(null),
    });
  return (
    <Dialog
      wide
      open
      onOpenChange={(open) => !open && onClose()}
      title={moves ? `Move the time of ${name}` : `Book a time for ${name}`}
      description={
        moves
          ? `Now ${whenWords(moves.starts_at)}, your time. They get one mail, and their calendar entry moves.`
          : "They are told by mail, with an entry for their calendar."
      }
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" onClick={go} disabled={!wanted || book.isPending}>
            {wanted
              ? `${moves ? "Move to" : "Book"} ${whenWords(wanted.starts_at)}`
              : "Choose a time"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {book.error && (
          <Banner tone="attention" title="That time could not be had">
            {whyNoTime(book.error)}
          </Banner>
        )}
        {error && <Failed what="The times" error={error} onRetry={refetch} />}
        {!data && !error && <SkeletonRows rows={4} label="Looking for free times" />}
        {data && (
          <Choice jobId={jobId} slots={data} name={name} wanted={wanted} onChoose={choose} />
        )}
      </div>
    </Dialog>
  );
}

const whenWords = (at: string): string => `${dayIn(at, ownZone())}, ${wallClock(at, ownZone())}`;

type ChoiceProps = {
  jobId: string;
  slots: StaffSlots;
  name: string;
  wanted: Wanted | null;
  onChoose: (wanted: Wanted | null) => void;
};

function Choice({ jobId, slots, name, wanted, onChoose }: ChoiceProps) {
  const [other, setOther] = useState(false);
  const turn = () => {
    onChoose(null);
    setOther(!other);
  };
  return (
    <>
      {other ? (
        <OtherTime jobId={jobId} minutes={slots.minutes} onChoose={onChoose} />
      ) : (
        <SlotList slots={slots} name={name} wanted={wanted} onChoose={onChoose} />
      )}
      {slots.with_person && (
        <p className="border-t border-line pt-3">
          <Button size="s" onClick={turn}>
            {other ? "Back to the free times" : "At another time"}
          </Button>
        </p>
      )}
    </>
  );
}
