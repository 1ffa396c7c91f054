/** What candidates are written: every kind of mail, in every language, version by version. */
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { Template } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { useTemplateEditing } from "@/features/templates/editing";
import { TemplateEditor } from "@/features/templates/editor";
import { LanguageChoice } from "@/features/templates/language-choice";
import {
  previewQuery,
  templateQuery,
  templatesQuery,
  useTestMail,
  type Which,
} from "@/features/templates/queries";
import { TemplateList } from "@/features/templates/template-list";
import { TemplateVersions } from "@/features/templates/versions";
import { LANGUAGE, MESSAGE_KIND } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Page } from "@/shell/page";
import { Banner, Button, SkeletonRows, useToast } from "@/ui";

export function TemplatesPage() {
  const { mail = "invite", language = "en" } = useSearch({ from: "/staff/templates" });
  const which: Which = { mail, language };
  const rows = useQuery(templatesQuery);
  const { data, error, refetch } = useQuery(templateQuery(which));
  return (
    <Page
      wide
      title="Templates"
      crumbs={[{ label: "Templates" }]}
      actions={<LanguageChoice />}
      under={
        <p className="mt-1 max-w-[68ch] text-ink-2">
          What candidates are written. A mail keeps the version it was written with.
        </p>
      }
    >
      <div className="mt-4 grid items-start gap-4 md:grid-cols-[264px_minmax(0,1fr)]">
        {rows.data && <TemplateList rows={rows.data} open={which} />}
        {rows.error && (
          <div className="panel">
            <Failed what="The templates" error={rows.error} onRetry={rows.refetch} />
          </div>
        )}
        {!rows.data && !rows.error && <SkeletonRows label="Loading templates" />}
        <div className="min-w-0">
          {data && <Editing key={`${mail} ${language}`} which={which} template={data} />}
          {error && (
            <div className="panel">
              <Failed what="The template" error={error} onRetry={refetch} />
            </div>
          )}
          {!data && !error && (
            <div className="panel">
              <SkeletonRows label="Loading the template" />
            </div>
          )}
        </div>
      </div>
    </Page>
  );
}

function Editing({ which, template }: { which: Which; template: Template }) {
  const may = useMay("edit_templates");
  const editing = useTemplateEditing(which, template);
  const findings = useQuery(previewQuery(which, editing.words)).data?.findings;
  const blocked = findings?.some((each) => each.blocks) ?? true;
  const tell = useToast();
  const test = useTestMail(which);
  const ready = editing.begun && !editing.dirty && !editing.saving && !blocked;
  const publish = () =>
    editing.publish((version) =>
      tell({ text: `Version ${version} is live. Mails written from now on use it.` }),
    );
  const sendTest = () =>
    test.mutate(editing.words, {
      onSuccess: ({ to, outcome }) =>
        outcome === "sent"
          ? tell({ text: `A test mail is on its way to ${to}.` })
          : tell({ text: `It is not known whether the test mail left.`, tone: "trouble" }),
      onError: (error) => tell({ text: `No test mail: ${error.message}`, tone: "trouble" }),
    });
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <h2 className="min-w-0 flex-1 basis-48 text-17 font-strong">
          {MESSAGE_KIND[which.mail]}, {LANGUAGE[which.language]}
        </h2>
        {may && (
          <>
            <span role="status" className="text-12 text-ink-2">
              {stateWords(editing)}
            </span>
            <Button onClick={sendTest} disabled={blocked || test.isPending}>
              Send me a test
            </Button>
            <Button
              variant="primary"
              onClick={publish}
              disabled={!ready || editing.publishing}
            >{`Publish v${template.next_version}`}</Button>
          </>
        )}
      </div>
      {editing.error && (
        <Banner
          tone="trouble"
          title={editing.stale ? "Somebody else saved this meanwhile" : "The draft was not saved"}
        >
          {editing.error.message}. Your words are still on this screen: copy them, then load the
          page again.
        </Banner>
      )}
      <TemplateEditor
        which={which}
        template={template}
        words={editing.words}
        change={editing.change}
        readOnly={!may}
      />
      <TemplateVersions which={which} template={template} />
    </>
  );
}

function stateWords({ dirty, saving, begun }: ReturnType<typeof useTemplateEditing>): string {
  if (saving) return "Saving";
  if (dirty) return "Not saved yet";
  return begun ? "Draft saved" : "As it is live";
}
