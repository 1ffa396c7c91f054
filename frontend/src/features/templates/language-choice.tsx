/** The language that candidates are written to in, unless their own is known. */
import { useQuery } from "@tanstack/react-query";
import type { MailLanguage } from "@/api/types";
import { useMay } from "@/features/auth/queries";
import { isMailLanguage, LANGUAGE } from "@/lib/words";
import { Field, Select, useToast } from "@/ui";
import { languageQuery, useSetLanguage } from "./queries";

export const LANGUAGES = (Object.keys(LANGUAGE) as MailLanguage[]).map((value) => ({
  value,
  label: LANGUAGE[value],
}));

export function LanguageChoice() {
  const language = useQuery(languageQuery).data?.language;
  const may = useMay("edit_templates");
  const set = useSetLanguage();
  const tell = useToast();
  if (!language) return null;
  const choose = (next: MailLanguage) =>
    set.mutate(next, {
      onSuccess: () =>
        tell({
          text: `Mails written from now on are in ${LANGUAGE[next]}, unless a candidate's own language is known.`,
        }),
      onError: (error) => tell({ text: `Not changed: ${error.message}`, tone: "trouble" }),
    });
  return (
    <Field
      label="Candidates are written to in"
      hint="Unless their own language is known."
      className="w-56"
    >
      {(ids) => (
        <Select
          {...ids}
          value={set.isPending ? set.variables : language}
          disabled={!may || set.isPending}
          onChange={({ target }) => isMailLanguage(target.value) && choose(target.value)}
          options={LANGUAGES}
        />
      )}
    </Field>
  );
}
