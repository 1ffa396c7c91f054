/** How other systems reach in and hear from here: keys, webhooks, the log of deliveries. */
import { getRouteApi } from "@tanstack/react-router";
import { KeysPanel } from "@/features/integrations/keys-panel";
import { LogPanel } from "@/features/integrations/log-panel";
import type { IntegrationsTab } from "@/features/integrations/tabs";
import { WebhooksPanel } from "@/features/integrations/webhooks-panel";
import { Page } from "@/shell/page";
import { Tabs } from "@/ui";

const route = getRouteApi("/staff/integrations");

const TABS = [
  { value: "keys", label: "API keys" },
  { value: "webhooks", label: "Webhooks" },
  { value: "log", label: "Delivery log" },
] as const;

export function IntegrationsPage() {
  const { part = "keys", webhook } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: IntegrationsTab, of?: string) =>
    void navigate({ search: { part: next, ...(of && { webhook: of }) } });
  return (
    <Page title="Integrations" crumbs={[{ label: "Integrations" }]}>
      <div className="mt-3">
        <Tabs label="Integrations" value={part} onChange={(next) => show(next)} tabs={TABS}>
          {part === "keys" && <KeysPanel />}
          {part === "webhooks" && <WebhooksPanel onLog={(id) => show("log", id)} />}
          {part === "log" && <LogPanel webhookId={webhook} onAll={() => show("log")} />}
        </Tabs>
      </div>
    </Page>
  );
}
