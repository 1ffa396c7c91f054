/** The parts of the page of integrations, as its address names them. */
export const INTEGRATIONS_TABS = ["keys", "webhooks", "log"] as const;

export type IntegrationsTab = (typeof INTEGRATIONS_TABS)[number];
