/** New job: the description at the left, what is read from it at the right. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Description } from "@/features/jobs/description";
import { DraftedPlan } from "@/features/jobs/drafted-plan";
import { useCreateJob } from "@/features/jobs/queries";
import { Page } from "@/shell/page";
import { Banner, Button, Field, Input } from "@/ui";

export function NewJobPage() {
  const navigate = useNavigate();
  const create = useCreateJob();
  const [title, setTitle] = useState("");
  const [description, setDescription] = useState("");
  const job = create.data;
  const ready = title.trim() !== "" && description.trim() !== "";
  return (
    <Page
      title="New job"
      crumbs={[{ label: "Jobs", to: "/jobs" }, { label: "New job" }]}
      under={
        <p className="mt-1 max-w-[68ch] text-ink-2">
          An interview plan is drafted from the description. Nobody is contacted until you invite
          them.
        </p>
      }
    >
      <div className="mt-5 grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <form
          className="panel grid gap-4 p-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !job) create.mutate({ title: title.trim(), description });
          }}
        >
          <Field label="Title">
            {(ids) => (
              <Input
                {...ids}
                required
                maxLength={200}
                disabled={Boolean(job)}
                value={title}
                onChange={(event) => setTitle(event.target.value)}
              />
            )}
          </Field>
          <Description
            value={description}
            onChange={setDescription}
            disabled={Boolean(job)}
            onTitle={(found) => setTitle((typed) => typed || found)}
          />
          {create.error && (
            <Banner tone="trouble" title="The job was not created">
              {create.error.message}. What you typed is still here; try again.
            </Banner>
          )}
          {!job && (
            <div>
              <Button type="submit" variant="primary" disabled={!ready || create.isPending}>
                {create.isPending ? "Drafting the plan" : "Draft a plan"}
              </Button>
            </div>
          )}
        </form>
        <DraftedPlan
          pending={create.isPending}
          job={job}
          onAccepted={(jobId) => navigate({ to: "/jobs/$jobId", params: { jobId } })}
          onEdit={(jobId) => navigate({ to: "/jobs/$jobId/plan", params: { jobId } })}
        />
      </div>
    </Page>
  );
}
