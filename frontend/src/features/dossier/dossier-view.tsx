/** One dossier, to be read from top to bottom, on the screen or on paper. */
import type { ReactNode } from "react";
import type { Dossier } from "@/api/types";
import { exactTime } from "@/lib/time";
import { DECISION, MESSAGE_KIND, plain } from "@/lib/words";
import { Banner } from "@/ui";
import { MarksOf } from "./marks";

export function DossierView({ dossier }: { dossier: Dossier }) {
  const { dossier: body, words } = dossier;
  return (
    <article aria-label="Dossier" className="panel grid gap-6 px-5 py-5 print:border-0 print:p-0">
      <Seal dossier={dossier} />
      <Part title="The decision">
        <Said
          who={body.decision.by.name}
          did={body.decision.what === "reject" ? DECISION.reject.past : plain(body.decision.what)}
          at={body.decision.at}
          reason={body.decision.reason}
        />
        {body.second && (
          <Said
            who={body.second.said.by.name}
            did={body.second.verdict === "confirm" ? "confirmed it" : "objected"}
            at={body.second.said.at}
            reason={body.second.said.reason}
          />
        )}
      </Part>
      {body.interviews.map((interview) => (
        <Part
          key={interview.id}
          title={`Interview ${interview.round_no}.${interview.attempt}, ${plain(interview.state).toLowerCase()}`}
        >
          <p className="text-ink-2">
            Plan version {interview.plan_version}, rubric version {interview.rubric_version},
            persona version {interview.persona_version}
            {interview.provider && `, words by ${interview.provider}`}
            {interview.finished_at && `; finished ${exactTime(interview.finished_at)}`}
          </p>
          <MarksOf interview={interview} />
        </Part>
      ))}
      <Part title="What they were shown">
        {body.notices.map((notice) => (
          <details key={notice.shown_at} open className="grid gap-1">
            <summary>
              Notice version {notice.version} ({notice.language}), {exactTime(notice.shown_at)}
            </summary>
            <p className="max-w-[68ch] whitespace-pre-line text-ink-2">{notice.text}</p>
          </details>
        ))}
        {body.notices.length === 0 && <p className="text-ink-2">No notice was shown yet.</p>}
        {body.consents.map((consent) => (
          <p key={`${consent.purpose} ${consent.at}`}>
            {plain(consent.purpose)}: {consent.given ? "yes" : "no"}{" "}
            <span className="text-ink-2">{exactTime(consent.at)}</span>
          </p>
        ))}
        {body.mails.map((mail) => {
          const said = words?.mails.find(({ id }) => id === mail.id);
          const kind = (MESSAGE_KIND as Record<string, string>)[mail.kind] ?? plain(mail.kind);
          return (
            <details key={mail.id} className="grid gap-1">
              <summary>
                Mail: {kind}, {exactTime(mail.sent_at ?? mail.created_at)}
              </summary>
              <p className="max-w-[68ch] whitespace-pre-line text-ink-2">
                {said ? `${said.subject}\n\n${said.text}` : `Erased; its hash is ${mail.sha256}.`}
              </p>
            </details>
          );
        })}
      </Part>
    </article>
  );
}

function Seal({ dossier }: { dossier: Dossier }) {
  return (
    <Banner
      tone={dossier.intact ? "plain" : "trouble"}
      title={
        dossier.intact
          ? `Frozen ${exactTime(dossier.frozen_at)}, unchanged since`
          : "This dossier does not have the hash that stands in the audit"
      }
    >
      <span className="num text-12 break-all text-ink-2">SHA-256 {dossier.sha256}</span>
    </Banner>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-3">
      <h2 className="text-17 font-strong">{title}</h2>
      {children}
    </section>
  );
}

function Said(props: { who: string; did: string; at: string; reason: string }) {
  return (
    <div className="grid gap-1">
      <p>
        <b>{props.who}</b> {props.did} <span className="text-ink-2">{exactTime(props.at)}</span>
      </p>
      <p className="max-w-[68ch] text-ink-2">“{props.reason}”</p>
    </div>
  );
}
