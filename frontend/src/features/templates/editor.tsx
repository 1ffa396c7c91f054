/** Subject, words and the values to insert at the left; the mail as it will look at the right. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef } from "react";
import type { Template, TemplateFinding } from "@/api/types";
import { Banner, Field, Input, Skeleton, TextArea } from "@/ui";
import { previewQuery, type Which, type Words } from "./queries";

type Props = {
  which: Which;
  template: Template;
  words: Words;
  change: (next: Words) => void;
  readOnly: boolean;
};

export function TemplateEditor({ which, template, words, change, readOnly }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = useQuery(previewQuery(which, useDeferredValue(words)));
  const insert = (name: string) => {
    const at = area.current?.selectionStart ?? words.text.length;
    const place = `{{ ${name} }}`;
    change({ ...words, text: words.text.slice(0, at) + place + words.text.slice(at) });
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(at + place.length, at + place.length);
    });
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <section aria-label="Editor" className="panel grid gap-4 p-4">
        <Findings findings={shown.data?.findings ?? template.draft.findings} />
        <Field label="Subject">
          {(ids) => (
            <Input
              {...ids}
              value={words.subject}
              maxLength={300}
              readOnly={readOnly}
              onChange={(event) => change({ ...words, subject: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Words"
          hint="An empty line begins a paragraph, a line with - is a list. A link on a line of its own becomes a button."
        >
          {(ids) => (
            <TextArea
              {...ids}
              ref={area}
              rows={18}
              maxLength={20000}
              value={words.text}
              readOnly={readOnly}
              className="w-full font-mono text-12"
              onChange={(event) => change({ ...words, text: event.target.value })}
            />
          )}
        </Field>
        {!readOnly && (
          <fieldset>
            <legend className="text-12 font-strong text-ink-2">Insert</legend>
            <ul className="mt-1.5 flex flex-wrap gap-1.5">
              {template.values.map(({ name, says }) => (
                <li key={name}>
                  <button
                    type="button"
                    title={says}
                    onClick={() => insert(name)}
                    className="h-7 rounded-s border border-line-strong px-2 font-mono text-12 hover:bg-sunken"
                  >
                    {name}
                    <span className="sr-only">: {says}</span>
                  </button>
                </li>
              ))}
            </ul>
          </fieldset>
        )}
      </section>
      <section aria-label="Preview" className="panel overflow-hidden">
        <p className="border-b border-line bg-sunken px-4 py-3">
          <span className="text-12 text-ink-2">Subject</span>{" "}
          <b className="break-words">{shown.data?.subject}</b>
        </p>
        {shown.data ? (
          <iframe
            title="The mail as it will look"
            sandbox=""
            srcDoc={shown.data.html || "<p>Put right what stands at the left to see the mail.</p>"}
            className="h-[560px] w-full bg-[#ffffff]"
          />
        ) : (
          <Skeleton className="h-[560px]" />
        )}
        <details className="border-t border-line px-4 py-2.5">
          <summary className="cursor-pointer text-12 font-strong text-ink-2">As plain text</summary>
          <pre className="mt-2 font-mono text-12 whitespace-pre-wrap">{shown.data?.text}</pre>
        </details>
      </section>
    </div>
  );
}

function Findings({ findings }: { findings: readonly TemplateFinding[] }) {
  if (findings.length === 0) return null;
  const blocks = findings.some((each) => each.blocks);
  return (
    <Banner
      tone={blocks ? "attention" : "info"}
      title={blocks ? "Before it can be published" : "Worth a look"}
    >
      <ul aria-label="What stands in the way">
        {findings.map((each) => (
          <li key={`${each.part} ${each.says}`}>{each.says}</li>
        ))}
      </ul>
    </Banner>
  );
}
