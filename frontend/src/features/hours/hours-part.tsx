/** When one can be booked: a week on one's own clock, days off, and what candidates would see. */
import { useQuery } from "@tanstack/react-query";
import { Failed } from "@/shell/faces";
import { Banner, Field, Input, SaveBar, Select, SkeletonRows, useToast } from "@/ui";
import { DaysOffPanel } from "./days-off-panel";
import { PreviewPanel } from "./preview-panel";
import { hoursQuery } from "./queries";
import { useHoursEditing } from "./use-editing";
import { hoursOf } from "./week";
import { WeekPanel } from "./week-panel";

export function HoursPart() {
  const { data, error, refetch } = useQuery(hoursQuery);
  if (data) return <Hours saved={data} />;
  return (
    <div className="panel">
      {error ? (
        <Failed what="Your hours" error={error} onRetry={refetch} />
      ) : (
        <SkeletonRows label="Loading your hours" />
      )}
    </div>
  );
}

function Hours({ saved }: { saved: Parameters<typeof useHoursEditing>[0] }) {
  const editing = useHoursEditing(saved);
  const tell = useToast();
  const { draft, change, problems } = editing;
  const save = () =>
    editing.save(() => tell({ text: "Saved. What is booked already stays as it is." }));
  return (
    <>
      {editing.error && (
        <div className="mb-4">
          <Banner tone="trouble" title="Your hours were not saved">
            {editing.error}
          </Banner>
        </div>
      )}
      <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_392px]">
        <div className="grid min-w-0 gap-4">
          <WeekPanel
            week={draft.week}
            total={hoursOf(draft.week)}
            problems={problems}
            onChange={(week) => change({ week })}
          />
          <section aria-label="Zone and daily cap" className="panel grid gap-4 p-4 sm:grid-cols-2">
            <Field label="Time zone" hint="These hours are on the clock of this zone all year.">
              {(ids) => (
                <Select
                  {...ids}
                  value={draft.zone}
                  onChange={(event) => change({ zone: event.target.value })}
                  options={zones(draft.zone).map((zone) => ({ value: zone, label: zone }))}
                />
              )}
            </Field>
            <Field
              label="Meetings a day at most"
              hint="After so many nobody else can book you that day."
              error={problems.cap}
            >
              {(ids) => (
                <Input
                  {...ids}
                  inputMode="numeric"
                  className="num w-20!"
                  value={draft.cap}
                  onChange={(event) => change({ cap: event.target.value })}
                />
              )}
            </Field>
          </section>
          <DaysOffPanel days={draft.daysOff} onChange={(daysOff) => change({ daysOff })} />
        </div>
        <PreviewPanel hours={editing.shown} />
      </div>
      {editing.dirty && (
        <SaveBar
          wrong={!editing.whole}
          saving={editing.saving}
          onSave={save}
          onDrop={editing.drop}
        />
      )}
    </>
  );
}

/** Every zone the browser knows, with the one that stands there, whatever it is called. */
function zones(chosen: string): string[] {
  return [...new Set([chosen, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
}
