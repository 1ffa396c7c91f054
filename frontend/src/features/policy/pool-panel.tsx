/** Who works on the job, and who of them can be booked as an interviewer. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/client";
import type { PoolMember } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { plural } from "@/lib/time";
import { plain } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Avatar, Banner, Button, Select, SkeletonRows, useToast } from "@/ui";
import { poolQuery, usersQuery, useSetMembers, useSetPool } from "./queries";

export function PoolPanel({ jobId }: { jobId: string }) {
  const { data, error, refetch } = useQuery(poolQuery(jobId));
  const mayBook = useMay("edit_schedule");
  const mayAdd = useMay("edit_members");
  const set = useSetPool(jobId);
  const turn = (who: PoolMember, on: boolean) =>
    set.mutate({
      user_ids: (data ?? [])
        .filter((one) => (one.user.id === who.user.id ? on : one.interviews))
        .map((one) => one.user.id),
      seen: (data ?? []).filter((one) => one.interviews).map((one) => one.user.id),
    });
  return (
    <section aria-label="Interviewers" className="panel">
      <header className="flex min-h-12 items-center border-b border-line px-4 py-2">
        <h2 className="font-strong">Interviewers</h2>
      </header>
      {error && <Failed what="The people on this job" error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonRows rows={3} label="Loading the people on this job" />}
      {data && (
        <>
          <p className="px-4 pt-3 text-12 text-ink-2">
            Who is ticked is offered to candidates for interviews with a person.
          </p>
          <Gap pool={data} />
          <ul className="py-1">
            {data.map((one) => (
              <Member
                key={one.user.id}
                member={one}
                readOnly={!mayBook || set.isPending}
                onTurn={(on) => turn(one, on)}
              />
            ))}
          </ul>
          {set.error && (
            <div className="px-4 pb-3">
              <Banner tone="trouble">{whyNot(set.error)}</Banner>
            </div>
          )}
          {mayAdd && <AddMember jobId={jobId} pool={data} />}
        </>
      )}
    </section>
  );
}

function whyNot(error: Error): string {
  if (error instanceof ApiError && error.code === "pool_moved")
    return "Somebody else changed who interviews at the same moment. The list is fresh again; tick once more.";
  return `${error.message}. Nothing was changed.`;
}

/** Nobody to be met is said before a candidate finds no time. */
function Gap({ pool }: { pool: readonly PoolMember[] }) {
  const ready = pool.filter((one) => one.interviews && one.zone !== null);
  if (ready.length > 0) return null;
  const ticked = pool.some((one) => one.interviews);
  return (
    <div className="px-4 pt-3">
      <Banner tone="attention" title="Nobody can be booked yet">
        {ticked
          ? "Whoever is ticked has yet to say when: each does so under Schedule."
          : "Tick somebody, or interviews with a person find no time."}
      </Banner>
    </div>
  );
}

type MemberProps = { member: PoolMember; readOnly: boolean; onTurn: (on: boolean) => void };

function Member({ member, readOnly, onTurn }: MemberProps) {
  const { user, interviews, zone, meetings_ahead } = member;
  return (
    <li>
      <label className="flex cursor-pointer items-center gap-3 px-4 py-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
        <input
          type="checkbox"
          checked={interviews}
          aria-disabled={readOnly}
          onChange={(event) => !readOnly && onTurn(event.target.checked)}
          className="size-4.5 flex-none accent-accent outline-none"
        />
        <Avatar name={user.name} />
        <span className="min-w-0 flex-1">
          <span className="block font-strong break-words">{user.name}</span>
          <span className="block text-12 text-ink-2">
            {plain(user.role)}
            {zone ? `, hours in ${zone}` : ", no hours yet"}
          </span>
        </span>
        <span className="num text-12 whitespace-nowrap text-ink-2">
          {plural(meetings_ahead, "meeting")} ahead
        </span>
      </label>
    </li>
  );
}

function AddMember({ jobId, pool }: { jobId: string; pool: readonly PoolMember[] }) {
  const everybody = useQuery(usersQuery).data ?? [];
  const add = useSetMembers(jobId);
  const tell = useToast();
  const [chosen, setChosen] = useState("");
  const here = new Set(pool.map((one) => one.user.id));
  const others = everybody.filter((user) => !here.has(user.id));
  const user = others.find((one) => one.id === chosen);
  if (others.length === 0) return null;
  const submit = () =>
    user &&
    add.mutate([...pool.map((one) => one.user), user], {
      onSuccess: () => {
        setChosen("");
        tell({ text: `${user.name} works on this job now.` });
      },
    });
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      {add.error && <Banner tone="trouble">{add.error.message}. Nobody was added.</Banner>}
      <div className="flex gap-2">
        <Select
          aria-label="Somebody else of the organisation"
          value={user ? chosen : ""}
          onChange={(event) => setChosen(event.target.value)}
          options={[
            { value: "", label: "Add somebody to this job" },
            ...others.map((one) => ({
              value: one.id,
              label: `${one.name}, ${plain(one.role).toLowerCase()}`,
            })),
          ]}
        />
        <Button onClick={submit} disabled={!user || add.isPending}>
          Add
        </Button>
      </div>
    </div>
  );
}
