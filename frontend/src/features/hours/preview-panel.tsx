/** The next times candidates would be offered, job by job, before the hours are saved. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HoursPreview, WeeklyHours } from "@/api/types";
import { byDay, zoneWords } from "@/features/scheduling/instants";
import { plural } from "@/lib/time";
import { wallClock } from "@/lib/wall-clock";
import { Failed } from "@/shell/faces";
import { Banner, Button, SkeletonRows } from "@/ui";
import { previewQuery } from "./queries";

const DAYS = 3;
const TIMES = 8;

export function PreviewPanel({ hours }: { hours: WeeklyHours | null }) {
  return (
    <section aria-label="What this offers" className="panel" aria-live="polite">
      <header className="flex min-h-12 items-center border-b border-line px-4 py-2">
        <h2 className="font-strong">What this offers next</h2>
      </header>
      {hours ? <Preview hours={hours} /> : <p className="p-4 text-ink-2">Say your hours first.</p>}
    </section>
  );
}

function Preview({ hours }: { hours: WeeklyHours }) {
  const { data, error, refetch } = useQuery(previewQuery(hours));
  if (error) return <Failed what="The preview" error={error} onRetry={refetch} />;
  if (!data) return <SkeletonRows rows={3} label="Working out the next free times" />;
  return (
    <>
      <Told preview={data} />
      {data.offers.map((offer) => (
        <Offer key={offer.job?.id ?? "usual"} offer={offer} zone={data.zone} />
      ))}
    </>
  );
}

function Told({ preview }: { preview: HoursPreview }) {
  const { outside, calendar_silent } = preview;
  return (
    <div className="grid gap-2 px-4 pt-3 empty:hidden">
      {outside > 0 && (
        <Banner
          tone="attention"
          title={`${plural(outside, "meeting")} ahead ${outside === 1 ? "lies" : "lie"} outside these hours`}
        >
          What is booked stays. Move it from the candidate's page if it does not suit you.
        </Banner>
      )}
      {calendar_silent && (
        <Banner
          tone="attention"
          title="Your calendar cannot be read"
          action={
            <Button asChild size="s">
              <Link to="/schedule" search={{ part: "calendar" }}>
                See it
              </Link>
            </Button>
          }
        >
          Nobody is booked over what cannot be seen: until it answers, nothing is offered.
        </Banner>
      )}
    </div>
  );
}

type OfferProps = { offer: HoursPreview["offers"][number]; zone: string };

function Offer({ offer, zone }: OfferProps) {
  const days = byDay(offer.slots, zone);
  const first = offer.slots[0];
  return (
    <div className="border-b border-line px-4 py-3 last:border-0">
      <h3 className="font-strong">
        {offer.job ? offer.job.title : "With the usual rules"}
        <span className="num font-regular text-12 text-ink-2"> {offer.minutes} min</span>
      </h3>
      {!offer.job && (
        <p className="text-12 text-ink-2">You are not yet among the interviewers of a job.</p>
      )}
      {!first && <p className="mt-1 text-ink-2">No time: these hours leave none free.</p>}
      {first && <p className="text-12 text-ink-2">{zoneWords(zone, first.starts_at)}</p>}
      <ul className="mt-1 grid gap-2">
        {days.slice(0, DAYS).map((day) => (
          <li key={day.date}>
            <b className="font-strong">{day.label}</b>
            <p className="num text-ink-2">
              {day.times
                .slice(0, TIMES)
                .map(({ starts_at }) => wallClock(starts_at, zone))
                .join(" · ")}
              {day.times.length > TIMES && ` and ${day.times.length - TIMES} more`}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
