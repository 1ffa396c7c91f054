/** Every address of the recruiter app; pages load when they are first opened. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { session } from "@/api/client";
import type { MailKind, MailLanguage } from "@/api/types";
import { CANDIDATE_TABS, type CandidateTab } from "@/features/applications/tabs";
import { meQuery } from "@/features/auth/queries";
import { type BoardSearch, isStage, isView, isWaiting } from "@/features/board/filters";
import { INTEGRATIONS_TABS, type IntegrationsTab } from "@/features/integrations/tabs";
import { SCHEDULE_PARTS, type SchedulePart } from "@/features/scheduling/parts";
import { isMailKind, isMailLanguage } from "@/lib/words";
import { NotFound, PageFailed } from "@/shell/faces";
import { Layout } from "@/shell/layout";

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { next?: string } =>
    typeof search.next === "string" ? { next: search.next } : {},
  component: lazyRouteComponent(() => import("./routes/sign-in"), "SignInPage"),
});

const staff = createRoute({
  getParentRoute: () => root,
  id: "staff",
  beforeLoad: async ({ location }) => {
    if (session.token ?? (await session.renew())) return;
    throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  component: Layout,
});

const home = createRoute({
  getParentRoute: () => staff,
  path: "/",
  // Not every role sees jobs: an auditor starts with the audit.
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(meQuery);
    throw redirect({ to: me.permissions.includes("list_jobs") ? "/jobs" : "/audit" });
  },
});

const jobs = createRoute({
  getParentRoute: () => staff,
  path: "/jobs",
  component: lazyRouteComponent(() => import("./routes/jobs"), "JobsPage"),
});

const newJob = createRoute({
  getParentRoute: () => staff,
  path: "/jobs/new",
  component: lazyRouteComponent(() => import("./routes/new-job"), "NewJobPage"),
});

const job = createRoute({
  getParentRoute: () => staff,
  path: "/jobs/$jobId",
  validateSearch: (search): BoardSearch => ({
    ...(isView(search.view) && { view: search.view }),
    ...(isWaiting(search.waiting) && { waiting: search.waiting }),
    ...(isStage(search.stage) && { stage: search.stage }),
  }),
  component: lazyRouteComponent(() => import("./routes/pipeline"), "PipelinePage"),
});

const addPeople = createRoute({
  getParentRoute: () => staff,
  path: "/jobs/$jobId/add",
  component: lazyRouteComponent(() => import("./routes/add-people"), "AddPeoplePage"),
});

const plan = createRoute({
  getParentRoute: () => staff,
  path: "/jobs/$jobId/plan",
  component: lazyRouteComponent(() => import("./routes/plan"), "PlanPage"),
});

const scheduling = createRoute({
  getParentRoute: () => staff,
  path: "/jobs/$jobId/scheduling",
  component: lazyRouteComponent(() => import("./routes/scheduling"), "SchedulingPage"),
});

type CandidateSearch = { tab?: CandidateTab; at?: number; interview?: string; queue?: boolean };

const isTab = (value: unknown): value is CandidateTab =>
  CANDIDATE_TABS.includes(value as CandidateTab);

const application = createRoute({
  getParentRoute: () => staff,
  path: "/applications/$applicationId",
  validateSearch: (search): CandidateSearch => ({
    ...(isTab(search.tab) && { tab: search.tab }),
    ...(typeof search.at === "number" && search.at >= 0 && { at: search.at }),
    ...(typeof search.interview === "string" && { interview: search.interview }),
    ...(search.queue === true && { queue: true }),
  }),
  component: lazyRouteComponent(() => import("./routes/candidate"), "CandidatePage"),
});

const dossier = createRoute({
  getParentRoute: () => staff,
  path: "/applications/$applicationId/dossier",
  component: lazyRouteComponent(() => import("./routes/dossier"), "DossierPage"),
});

const queue = createRoute({
  getParentRoute: () => staff,
  path: "/queue",
  component: lazyRouteComponent(() => import("./routes/queue"), "QueuePage"),
});

const tasks = createRoute({
  getParentRoute: () => staff,
  path: "/tasks",
  component: lazyRouteComponent(() => import("./routes/tasks"), "TasksPage"),
});

const isSchedulePart = (value: unknown): value is SchedulePart =>
  SCHEDULE_PARTS.includes(value as SchedulePart);

const schedule = createRoute({
  getParentRoute: () => staff,
  path: "/schedule",
  validateSearch: (search): { part?: SchedulePart } =>
    isSchedulePart(search.part) ? { part: search.part } : {},
  component: lazyRouteComponent(() => import("./routes/schedule"), "SchedulePage"),
});

const audit = createRoute({
  getParentRoute: () => staff,
  path: "/audit",
  component: lazyRouteComponent(() => import("./routes/audit"), "AuditPage"),
});

const settings = createRoute({
  getParentRoute: () => staff,
  path: "/settings",
  component: lazyRouteComponent(() => import("./routes/settings"), "SettingsPage"),
});

const isIntegrationsTab = (value: unknown): value is IntegrationsTab =>
  INTEGRATIONS_TABS.includes(value as IntegrationsTab);

const integrations = createRoute({
  getParentRoute: () => staff,
  path: "/integrations",
  validateSearch: (search): { part?: IntegrationsTab; webhook?: string } => ({
    ...(isIntegrationsTab(search.part) && { part: search.part }),
    ...(typeof search.webhook === "string" && { webhook: search.webhook }),
  }),
  component: lazyRouteComponent(() => import("./routes/integrations"), "IntegrationsPage"),
});

const templates = createRoute({
  getParentRoute: () => staff,
  path: "/templates",
  validateSearch: (search): { mail?: MailKind; language?: MailLanguage } => ({
    ...(isMailKind(search.mail) && { mail: search.mail }),
    ...(isMailLanguage(search.language) && { language: search.language }),
  }),
  component: lazyRouteComponent(() => import("./routes/templates"), "TemplatesPage"),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/ui",
  component: lazyRouteComponent(() => import("./routes/gallery"), "Gallery"),
});

const pages = [
  home,
  jobs,
  newJob,
  job,
  plan,
  scheduling,
  addPeople,
  application,
  dossier,
  queue,
  tasks,
  schedule,
  templates,
  integrations,
  audit,
  settings,
];
const tree = root.addChildren([
  signIn,
  staff.addChildren(pages),
  ...(import.meta.env.DEV ? [gallery] : []),
]);

export const newRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
