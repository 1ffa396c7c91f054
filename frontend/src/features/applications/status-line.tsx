/** The sentence of `status.ts`, set in type. */
import { useQuery } from "@tanstack/react-query";
import type { Application } from "@/api/types";
import { meQuery } from "@/features/auth/queries";
import { exactTime } from "@/lib/time";
import { useMinute } from "@/ui";
import { statusSentence } from "./status";

export function StatusLine({ application }: { application: Application }) {
  const me = useQuery(meQuery).data?.id ?? "";
  const now = useMinute();
  return (
    <p className="mt-2 text-17 text-ink-2">
      {statusSentence(application, me, now).map(({ text, strong, title }) =>
        strong ? (
          <b key={text} className="text-ink" title={title && exactTime(title)}>
            {text}
          </b>
        ) : (
          <span key={text}>{text}</span>
        ),
      )}
    </p>
  );
}
