/** How to reach them: click what was read, its place lights up; type what is missing. */
import { type FormEvent, useState } from "react";
import type { Application, Resume } from "@/api/types";
import { LANGUAGES } from "@/features/templates/language-choice";
import { cx } from "@/lib/cx";
import { isMailLanguage, LANGUAGE } from "@/lib/words";
import { Badge, Banner, Button, Field, Icon, Input, Select } from "@/ui";
import { useSetContact } from "./queries";
import type { Place } from "./resume-tab";

type Props = {
  application: Application;
  /** Those who came by a list have none. */
  resume?: Resume;
  onPlace?: (place: Place) => void;
};

const AS_THE_ORGANISATION = "As the organisation's";

const FIELDS = [
  ["name", "Name"],
  ["email", "E-mail"],
  ["phone", "Phone"],
  ["location", "Place"],
] as const;

export function ContactPanel({ application, resume, onPlace = () => {} }: Props) {
  const [editing, setEditing] = useState(false);
  const mayEdit = application.may.includes("edit_contact");
  const title = resume ? "What was read" : "How to reach them";
  return (
    <section aria-label={title} className="panel">
      <header className="flex h-12 items-center border-b border-line pr-3 pl-4">
        <h2 className="font-strong">{title}</h2>
        {mayEdit && !editing && (
          <Button size="s" className="ml-auto" onClick={() => setEditing(true)}>
            <Icon name="pencil" /> Correct
          </Button>
        )}
      </header>
      {editing ? (
        <ContactForm application={application} onDone={() => setEditing(false)} />
      ) : (
        <dl className="grid gap-1 p-2">
          {FIELDS.map(([key, label]) => (
            <ContactRow
              key={key}
              label={label}
              value={fieldValue(application, resume, key)}
              place={resume && (resume.contact?.[key] ?? null)}
              onPlace={onPlace}
            />
          ))}
          <ContactRow
            label="Language"
            value={
              application.contact.language
                ? LANGUAGE[application.contact.language]
                : AS_THE_ORGANISATION
            }
          />
          {application.contact.reference && (
            <ContactRow label="ID" value={application.contact.reference} />
          )}
        </dl>
      )}
      {!editing && !application.contact.email && (
        <div className="p-4 pt-1">
          <Banner tone="attention" title="No e-mail address">
            Without one nobody can be invited.{mayEdit && " Press Correct to type it."}
          </Banner>
        </div>
      )}
    </section>
  );
}

type Key = (typeof FIELDS)[number][0];

function fieldValue(application: Application, resume: Resume | undefined, key: Key): string | null {
  if (key === "location") return resume?.contact?.location?.value ?? null;
  return application.contact[key];
}

type Found = { value: string; start: number; end: number } | null;
type RowProps = {
  label: string;
  value: string | null;
  /** Where it stands in the resume; null where somebody typed it, nothing without a resume. */
  place?: Found | undefined;
  onPlace?: (place: Place) => void;
};

function ContactRow({ label, value, place, onPlace = () => {} }: RowProps) {
  const found = value && place;
  return (
    <div
      className={cx(
        "relative flex min-h-8 items-center gap-3 rounded-s px-2 py-1",
        found && "hover:bg-hover",
      )}
    >
      <dt className="w-16 flex-none text-12 leading-5 text-ink-2">{label}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-3">
        <span className="min-w-0 flex-1 break-words">
          {value ?? <span className="text-ink-2">not found</span>}
        </span>
        {value && place === null && <Badge small>typed</Badge>}
        {found && (
          <button
            type="button"
            onClick={() => onPlace(place)}
            className="text-12 font-strong text-accent after:absolute after:inset-0"
          >
            show<span className="sr-only"> {label.toLowerCase()} in the document</span>
          </button>
        )}
      </dd>
    </div>
  );
}

function ContactForm({ application, onDone }: { application: Application; onDone: () => void }) {
  const save = useSetContact(application.id);
  const { contact } = application;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const typed = (name: string) => String(form.get(name)).trim() || undefined;
    const language = typed("language");
    save.mutate(
      {
        name: typed("name"),
        email: typed("email"),
        phone: typed("phone"),
        language: isMailLanguage(language) ? language : null,
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-3 p-4">
      {save.error && <Banner tone="trouble">{save.error.message}. Nothing was changed.</Banner>}
      <Field label="Name">
        {(ids) => <Input {...ids} name="name" maxLength={200} defaultValue={contact.name ?? ""} />}
      </Field>
      <Field label="E-mail">
        {(ids) => (
          <Input
            {...ids}
            name="email"
            type="email"
            maxLength={320}
            defaultValue={contact.email ?? ""}
          />
        )}
      </Field>
      <Field label="Phone">
        {(ids) => (
          <Input
            {...ids}
            name="phone"
            type="tel"
            maxLength={40}
            defaultValue={contact.phone ?? ""}
          />
        )}
      </Field>
      <Field label="Language" hint="Of the mails to them.">
        {(ids) => (
          <Select
            {...ids}
            name="language"
            defaultValue={contact.language ?? ""}
            options={[{ value: "", label: AS_THE_ORGANISATION }, ...LANGUAGES]}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={save.isPending}>
          Save
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
