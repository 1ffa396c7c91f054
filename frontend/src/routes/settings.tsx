/** What HR operations set for the whole organisation. */
import { useMay } from "@/features/auth/queries";
import { CalendarsPanel } from "@/features/calendars/calendars-panel";
import { JourneysPanel } from "@/features/settings/journeys-panel";
import { StopPanel } from "@/features/settings/stop-panel";
import { Page } from "@/shell/page";

export function SettingsPage() {
  const mayCalendars = useMay("manage_integrations");
  return (
    <Page title="Settings" crumbs={[{ label: "Settings" }]}>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
        <StopPanel />
        {mayCalendars && <CalendarsPanel />}
        <JourneysPanel />
      </div>
    </Page>
  );
}
