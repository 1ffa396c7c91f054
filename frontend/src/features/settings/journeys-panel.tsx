/** Whether the stages in the database and the journeys in Temporal say the same. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { plain } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Banner, Button, Row, SkeletonRows, STAGE_WORD, Table, Td, Th, useToast } from "@/ui";
import { type Difference, journeysQuery, useStartMissing } from "./queries";

const WHAT: Record<Difference["kind"], string> = {
  missing: "There is no journey",
  ended: "The journey has ended",
  still_open: "Closed here, the journey still runs",
  stage: "They stand at different stages",
};

export function JourneysPanel() {
  const { data, error, refetch, isFetching } = useQuery(journeysQuery);
  return (
    <section aria-label="Journeys" className="panel">
      <header className="flex h-12 items-center border-b border-line pr-3 pl-4">
        <h2 className="font-strong">Journeys</h2>
        <Button size="s" className="ml-auto" onClick={() => void refetch()} disabled={isFetching}>
          Compare again
        </Button>
      </header>
      {error && <Failed what="The comparison" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={2} label="Comparing with the workflow engine" />}
      {data && data.differences.length === 0 && (
        <p className="p-4 text-ink-2">
          {data.applications === 1
            ? "One application agrees"
            : `All ${data.applications} applications agree`}{" "}
          with the workflow engine.
        </p>
      )}
      {data && data.differences.length > 0 && (
        <>
          <div className="p-4">
            <Banner tone="attention" title="Some applications differ from the workflow engine">
              A missing journey can be started here; for the others the runbook says what to do.
            </Banner>
          </div>
          <Differences found={data.differences} />
        </>
      )}
    </section>
  );
}

function Differences({ found }: { found: readonly Difference[] }) {
  return (
    <Table label="Differences">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Here</Th>
          <Th>There</Th>
          <Th>
            <span className="sr-only">Repair</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {found.map((each) => (
          <DifferenceLine key={each.application_id} difference={each} />
        ))}
      </tbody>
    </Table>
  );
}

function DifferenceLine({ difference }: { difference: Difference }) {
  const start = useStartMissing();
  const tell = useToast();
  const { application_id: id, kind, stage, there } = difference;
  const begin = () =>
    start.mutate(id, {
      onSuccess: () => tell({ text: "The journey starts within half a minute." }),
      onError: (error) => tell({ text: `Not started: ${error.message}`, tone: "trouble" }),
    });
  return (
    <Row>
      <Td className="font-strong">
        <Link
          to="/applications/$applicationId"
          params={{ applicationId: id }}
          className="hover:text-accent"
        >
          {WHAT[kind]}
        </Link>
      </Td>
      <Td>{STAGE_WORD[stage]}</Td>
      <Td className="text-ink-2">{there ? plain(there) : "–"}</Td>
      <Td className="text-right">
        {difference.may_start && (
          <Button size="s" onClick={begin} disabled={start.isPending}>
            Start it
          </Button>
        )}
      </Td>
    </Row>
  );
}
