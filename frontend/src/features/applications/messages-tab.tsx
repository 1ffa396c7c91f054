/** The mails to this person, and where each stands. */
import { useQuery } from "@tanstack/react-query";
import type { Message, MessageAct } from "@/api/types";
import { MESSAGE_KIND, MESSAGE_STATE, plain } from "@/lib/words";
import { Failed } from "@/shell/faces";
import { Badge, Banner, Button, EmptyState, RelativeTime, SkeletonRows, useToast } from "@/ui";
import { messagesQuery, useSettleMessage } from "./queries";

export function MessagesTab({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(messagesQuery(id));
  if (error)
    return (
      <div className="panel">
        <Failed what="The messages" error={error} onRetry={refetch} />
      </div>
    );
  if (!data)
    return (
      <div className="panel">
        <SkeletonRows label="Loading messages" />
      </div>
    );
  if (data.length === 0)
    return (
      <div className="panel">
        <EmptyState title="No mail yet">
          The invitation and the mail of a decision show here, with their state, once you send them.
        </EmptyState>
      </div>
    );
  return (
    <ol className="grid gap-3">
      {data.map((message) => (
        <MessageCard key={message.id} application={id} message={message} />
      ))}
    </ol>
  );
}

type CardProps = { application: string; message: Message };

function MessageCard({ application, message }: CardProps) {
  const { word, tone } = MESSAGE_STATE[message.state];
  const version =
    message.template_version === 0 ? "text as shipped" : `template v${message.template_version}`;
  return (
    <li className="panel">
      <details>
        <summary className="flex min-h-14 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
          <span className="w-28 flex-none text-12 text-ink-2">{MESSAGE_KIND[message.kind]}</span>
          <b className="min-w-0 flex-1 basis-48">{message.subject}</b>
          <Badge tone={tone}>{word}</Badge>
          <span className="num text-12 text-ink-2">
            {message.language.toUpperCase()}, {version}, {message.created_by.name},{" "}
            <RelativeTime at={message.sent_at ?? message.created_at} />
          </span>
        </summary>
        <p className="max-w-[76ch] border-t border-line px-4 py-3 break-words whitespace-pre-wrap">
          {message.text}
        </p>
      </details>
      {message.state === "failed" && (
        <div className="px-4 pb-3">
          <Banner
            tone="trouble"
            title="This mail did not leave"
            action={<MessageActs application={application} message={message} />}
          >
            {message.failure_code ? `${plain(message.failure_code)}. ` : ""}The person knows nothing
            of it. A task tells who takes care of it.
          </Banner>
        </div>
      )}
      {message.state === "ambiguous" && (
        <div className="px-4 pb-3">
          <Banner
            tone="attention"
            title="It is not known whether this mail left"
            action={<MessageActs application={application} message={message} />}
          >
            The line broke while it was handed over, so it is not sent again by itself. Ask the
            candidate or look into your mail server, then say what is so.
          </Banner>
        </div>
      )}
    </li>
  );
}

function MessageActs({ application, message }: CardProps) {
  const settle = useSettleMessage(application);
  const tell = useToast();
  const say = (act: MessageAct) =>
    settle.mutate(
      { message: message.id, act },
      {
        onSuccess: () =>
          tell({ text: act === "arrived" ? "Noted: it arrived." : "It is being sent again." }),
        onError: (error) => tell({ text: `Nothing changed: ${error.message}`, tone: "trouble" }),
      },
    );
  if (message.may.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {message.may.map((act) => (
        <Button key={act} size="s" onClick={() => say(act)} disabled={settle.isPending}>
          {act === "arrived" ? "It arrived" : "Send again"}
        </Button>
      ))}
    </div>
  );
}
