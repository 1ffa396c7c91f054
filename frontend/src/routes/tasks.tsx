/** What a person must do, most urgent first; human interviews above all. It never says why. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Task } from "@/api/types";
import type { CandidateTab } from "@/features/applications/tabs";
import { tasksQuery, useFinishTask } from "@/features/review/queries";
import { exactTime, relativeTime } from "@/lib/time";
import { TASK } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import {
  Avatar,
  Button,
  EmptyState,
  Row,
  SkeletonRows,
  Table,
  Td,
  Th,
  useMinute,
  useToast,
} from "@/ui";

export function TasksPage() {
  const { data, error, refetch } = useQuery(tasksQuery);
  return (
    <Page
      title="Human interviews and tasks"
      crumbs={[{ label: "Human interviews" }]}
      under={
        <p className="mt-1 max-w-[68ch] text-ink-2">
          Interviews to hold in person, and what only a person can put right. Who asked for a person
          is not disadvantaged by it, and no reason is kept.
        </p>
      }
    >
      <div className="mt-4">
        {error && (
          <div className="panel">
            <Failed what="The tasks" error={error} onRetry={refetch} />
          </div>
        )}
        {!data && !error && (
          <div className="panel">
            <SkeletonRows label="Loading tasks" />
          </div>
        )}
        {data && data.length > 0 && <TaskTable tasks={data} />}
        {data?.length === 0 && (
          <div className="panel">
            <EmptyState title="No open task">
              A candidate who would rather speak to a person shows here, with a deadline; so does a
              resume that could not be read, and a mail that did not leave.
            </EmptyState>
          </div>
        )}
      </div>
    </Page>
  );
}

/** Where on the person's page a task is done; elsewhere the page itself says. */
const TAB: Partial<Record<Task["kind"], CandidateTab>> = {
  message_failed: "messages",
  scorecard_due: "scorecard",
  review: "interviews",
  not_scored: "interviews",
};

function TaskTable({ tasks }: { tasks: readonly Task[] }) {
  return (
    <Table label="Open tasks">
      <thead>
        <tr>
          <Th>Task</Th>
          <Th>Person</Th>
          <Th>Job</Th>
          <Th>For</Th>
          <Th>Due</Th>
          <Th>
            <span className="sr-only">Done</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </tbody>
    </Table>
  );
}

function TaskLine({ task }: { task: Task }) {
  const now = useMinute();
  const finish = useFinishTask();
  const tell = useToast();
  const name = task.candidate.name ?? "Name unknown";
  const late = task.due_at !== null && new Date(task.due_at) < now;
  const done = () =>
    finish.mutate(task.id, {
      onSuccess: () => tell({ text: `Done: ${TASK[task.kind].toLowerCase()}, ${name}.` }),
      onError: (error) => tell({ text: `Not marked as done: ${error.message}`, tone: "trouble" }),
    });
  return (
    <Row>
      <Td className="min-w-52 font-strong">{TASK[task.kind]}</Td>
      <Td className="min-w-44">
        <Link
          to="/applications/$applicationId"
          params={{ applicationId: task.application_id }}
          search={TAB[task.kind] ? { tab: TAB[task.kind] } : {}}
          className="inline-flex items-center gap-2.5 py-1 hover:text-accent"
        >
          <Avatar name={task.candidate.name ?? "?"} /> {name}
        </Link>
      </Td>
      <Td className="min-w-40 text-ink-2">{task.job.title}</Td>
      <Td className="whitespace-nowrap">
        {task.assignee?.name ?? <span className="text-ink-2">anybody</span>}
      </Td>
      <Td className="num whitespace-nowrap">
        {task.due_at ? (
          <span
            title={exactTime(task.due_at)}
            className={late ? "font-strong text-trouble" : undefined}
          >
            {late ? "was due " : ""}
            {relativeTime(task.due_at, now)}
          </span>
        ) : (
          "–"
        )}
      </Td>
      <Td className="text-right">
        <Button
          size="s"
          onClick={done}
          disabled={finish.isPending}
          aria-label={`Mark as done: ${TASK[task.kind]}, ${name}`}
        >
          <span>Done</span>
        </Button>
      </Td>
    </Row>
  );
}
