/** Every primitive on one page, in development only: to look at and to test. */
import { type ReactNode, useState } from "react";
import {
  Avatar,
  Badge,
  Banner,
  Button,
  CriterionKey,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  Icon,
  IconButton,
  Input,
  Kbd,
  Menu,
  Progress,
  Row,
  SandboxBadge,
  Segmented,
  Select,
  SkeletonRows,
  STAGES,
  StageBadge,
  StageBar,
  StageLegend,
  Table,
  Tabs,
  Td,
  TextArea,
  Th,
  Tick,
  ToastProvider,
  Tooltip,
  useToast,
} from "@/ui";

export function Gallery() {
  return (
    <ToastProvider>
      <main className="mx-auto grid max-w-[1120px] gap-8 px-6 py-8">
        <h1 className="text-24 font-strong">Primitives</h1>
        <Buttons />
        <Fields />
        <Badges />
        <Lists />
        <Faces />
      </main>
    </ToastProvider>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="font-strong">{title}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </section>
  );
}

function Buttons() {
  const [open, setOpen] = useState(false);
  const tell = useToast();
  return (
    <Part title="Buttons, menus, dialogs, toasts">
      <Button variant="primary">
        <Icon name="plus" /> New job <Kbd>n</Kbd>
      </Button>
      <Button>Import</Button>
      <Button variant="quiet">Cancel</Button>
      <Button variant="danger">Delete</Button>
      <Button disabled>Submit scorecard</Button>
      <Button size="s">Undo</Button>
      <Button size="l" variant="primary">
        Start now
      </Button>
      <IconButton label="Search">
        <Icon name="search" />
      </IconButton>
      <Menu
        trigger={
          <IconButton label="More">
            <Icon name="more" />
          </IconButton>
        }
        items={[
          { label: "Withdraw", onSelect: () => tell({ text: "Withdrawn" }) },
          {
            label: "Delete",
            danger: true,
            onSelect: () => tell({ text: "Could not", tone: "trouble" }),
          },
        ]}
      />
      <Button onClick={() => setOpen(true)}>Open a dialog</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Invite"
        description="They get this mail at once."
        footer={<Button variant="primary">Send</Button>}
      >
        <p>Body of the dialog.</p>
      </Dialog>
      <Button
        onClick={() =>
          tell({ text: "Moved to Invited", action: { label: "Undo", onAct: () => {} } })
        }
      >
        Tell
      </Button>
      <Tooltip text="Thu 26 Nov 2026, 14:05">
        <Button variant="quiet">in 2 d</Button>
      </Tooltip>
    </Part>
  );
}

function Fields() {
  const [view, setView] = useState<"board" | "table">("board");
  return (
    <Part title="Fields and choices">
      <Field label="E-mail" hint="The one you sign in with" className="w-60">
        {(ids) => <Input {...ids} type="email" />}
      </Field>
      <Field label="Title" error="A job needs a title" className="w-60">
        {(ids) => <Input {...ids} />}
      </Field>
      <Field label="Reason" className="w-60">
        {(ids) => <TextArea {...ids} rows={2} />}
      </Field>
      <Field label="Role" className="w-44">
        {(ids) => <Select {...ids} options={[{ value: "a", label: "Recruiter" }]} />}
      </Field>
      <Segmented
        label="View"
        value={view}
        onChange={setView}
        options={[
          { value: "board", label: "Board", count: 9 },
          { value: "table", label: "Table" },
        ]}
      />
      <Tick defaultChecked>A break halfway</Tick>
      <Tick>Slower speech</Tick>
    </Part>
  );
}

function Badges() {
  return (
    <Part title="Badges and people">
      {STAGES.map((stage) => (
        <StageBadge key={stage} stage={stage} />
      ))}
      {(["plain", "line", "accent", "good", "attention", "trouble", "info"] as const).map(
        (tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ),
      )}
      <SandboxBadge />
      <CriterionKey letter="A" />
      <CriterionKey letter="B" on />
      <CriterionKey letter="C" plain />
      <Avatar name="Zanele Mokoena" size="s" />
      <Avatar name="Zanele Mokoena" />
      <Avatar name="Zanele Mokoena" size="l" />
      <Kbd>j</Kbd>
      <StageLegend />
    </Part>
  );
}

function Lists() {
  const [tab, setTab] = useState<"one" | "two">("one");
  return (
    <section className="grid gap-3">
      <h2 className="font-strong">Lists</h2>
      <Table label="Jobs">
        <thead>
          <tr>
            <Th>Job</Th>
            <Th>People by stage</Th>
          </tr>
        </thead>
        <tbody>
          <Row selected>
            <Td className="font-strong">Senior backend engineer</Td>
            <Td>
              <StageBar
                counts={{ screening: 6, invited: 5, interviewing: 3, in_review: 5, decided: 6 }}
              />
            </Td>
          </Row>
          <Row>
            <Td className="font-strong">Payroll specialist</Td>
            <Td>
              <StageBar counts={{}} />
            </Td>
          </Row>
        </tbody>
      </Table>
      <Tabs
        label="Candidate"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "one", label: "Resume" },
          { value: "two", label: "Interviews", count: 2 },
        ]}
      >
        <p>{tab}</p>
      </Tabs>
    </section>
  );
}

function Faces() {
  return (
    <section className="grid gap-3">
      <h2 className="font-strong">Loading, empty, failed, told</h2>
      <div className="panel">
        <SkeletonRows rows={2} label="Loading jobs" />
      </div>
      <div className="panel">
        <EmptyState title="No jobs yet" action={<Button variant="primary">New job</Button>}>
          Paste a description and a plan is drafted from it.
        </EmptyState>
      </div>
      <div className="panel">
        <ErrorState title="The jobs did not load" safe="Nothing is lost." onRetry={() => {}} />
      </div>
      <Banner title="Marks from the sandbox count in no total">They stand in for a model.</Banner>
      <Banner tone="attention">Text that no reader sees was found.</Banner>
      <Banner tone="trouble">The mail did not leave.</Banner>
      <Banner tone="good">Chain verified.</Banner>
      <Banner tone="plain">Nobody decides before that.</Banner>
      <Progress label="Drafting the plan" value={0.4} words="Writing anchors" />
    </section>
  );
}
