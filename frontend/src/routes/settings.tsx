/** What HR operations set for the whole organisation. */
import { JourneysPanel } from "@/features/settings/journeys-panel";
import { StopPanel } from "@/features/settings/stop-panel";
import { Page } from "@/shell/page";

export function SettingsPage() {
  return (
    <Page title="Settings" crumbs={[{ label: "Settings" }]}>
      <div className="mt-4 grid gap-4">
        <StopPanel />
        <JourneysPanel />
      </div>
    </Page>
  );
}
