/** In whose zone the times are, what the clock says there, and the way to another one. */
import { useState } from "react";
import { cityOf, wallClock } from "@/lib/wall-clock";
import { Button, Icon, useMinute } from "@/ui";
import { ZoneDialog } from "./zone-dialog";
import { deviceZone } from "./zones";

type Props = { zone: string; onZone: (zone: string) => void };

export function ZoneLine({ zone, onZone }: Props) {
  const [open, setOpen] = useState(false);
  const now = useMinute();
  const own = zone === deviceZone();
  return (
    <div className="panel flex flex-col gap-3 px-4 py-3.5 sm:flex-row sm:items-center sm:justify-between sm:py-3 sm:pr-3">
      <p className="flex gap-3">
        <Icon name="globe" size={20} className="mt-0.75 text-ink-2" />
        <span>
          All times are in {own ? "your own zone" : "the zone you chose"}:{" "}
          <strong>{cityOf(zone)}</strong>. It is <span className="num">{wallClock(now, zone)}</span>{" "}
          there now.
        </span>
      </p>
      <Button size="touch" onClick={() => setOpen(true)}>
        Change zone
      </Button>
      <ZoneDialog
        open={open}
        onOpenChange={setOpen}
        zone={zone}
        onZone={(next) => {
          onZone(next);
          setOpen(false);
        }}
      />
    </div>
  );
}
