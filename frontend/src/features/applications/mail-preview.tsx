/** A mail exactly as it will leave. The HTML is shown in a frame that may run and load nothing. */
import type { MailPreview } from "@/api/types";
import { LANGUAGE } from "@/lib/words";

export function MailPreviewPanel({ mail }: { mail: MailPreview }) {
  return (
    <div className="overflow-hidden rounded-m border border-line">
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-y-1 border-b border-line bg-sunken px-4 py-3">
        <dt className="text-ink-2">To</dt>
        <dd className="break-words">{mail.to}</dd>
        <dt className="text-ink-2">In</dt>
        <dd>{LANGUAGE[mail.language]}</dd>
        <dt className="text-ink-2">Subject</dt>
        <dd className="font-strong">{mail.subject}</dd>
      </dl>
      <iframe
        title="The mail as it will look"
        sandbox=""
        srcDoc={mail.html}
        className="h-[340px] w-full bg-[#ffffff]"
      />
      <details className="border-t border-line px-4 py-2.5">
        <summary className="cursor-pointer text-12 font-strong text-ink-2">As plain text</summary>
        <pre className="mt-2 font-mono text-12 whitespace-pre-wrap">{mail.text}</pre>
      </details>
    </div>
  );
}
