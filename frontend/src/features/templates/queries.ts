/** Mail templates, as questions and commands. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "@/api/client";
import type { MailKind, MailLanguage, Template } from "@/api/types";

export type Which = { mail: MailKind; language: MailLanguage };
export type Words = { subject: string; text: string };

const path = (which: Which) => ({ params: { path: which } });

export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: () => body(api.GET("/api/templates")),
  meta: { nouns: ["template"] },
});

export const templateQuery = (which: Which) =>
  queryOptions({
    queryKey: ["templates", which.mail, which.language],
    queryFn: () => body(api.GET("/api/templates/{mail}/{language}", path(which))),
  });

export const versionQuery = (which: Which, number: number) =>
  queryOptions({
    queryKey: ["templates", which.mail, which.language, "versions", number],
    queryFn: () =>
      body(
        api.GET("/api/templates/{mail}/{language}/versions/{number}", {
          params: { path: { ...which, number } },
        }),
      ),
  });

/** The mail as it will look; the one before stays while the next is made. */
export const previewQuery = (which: Which, words: Words) =>
  queryOptions({
    queryKey: ["template-preview", which.mail, which.language, words.subject, words.text],
    queryFn: () =>
      body(api.POST("/api/templates/{mail}/{language}/preview", { ...path(which), body: words })),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });

export const languageQuery = queryOptions({
  queryKey: ["language"],
  queryFn: () => body(api.GET("/api/organization/language")),
  meta: { nouns: ["organization"] },
});

export function useSetLanguage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (language: MailLanguage) =>
      body(api.PUT("/api/organization/language", { body: { language } })),
    onSuccess: (said) => client.setQueryData(languageQuery.queryKey, said),
  });
}

export function useSaveTemplate(which: Which) {
  const client = useQueryClient();
  const key = templateQuery(which).queryKey;
  return useMutation({
    mutationFn: (draft: Words & { revision: number }) =>
      body(api.PUT("/api/templates/{mail}/{language}/draft", { ...path(which), body: draft })),
    onSuccess: (draft) => {
      client.setQueryData<Template>(key, (before) => before && { ...before, draft });
      void client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true });
    },
  });
}

export function usePublishTemplate(which: Which) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (revision: number) =>
      body(
        api.POST("/api/templates/{mail}/{language}/publish", {
          ...path(which),
          body: { revision },
        }),
      ),
    onSuccess: (template) => {
      client.setQueryData(templateQuery(which).queryKey, template);
      void client.invalidateQueries({ queryKey: templatesQuery.queryKey, exact: true });
    },
  });
}

export function useTestMail(which: Which) {
  return useMutation({
    mutationFn: (words: Words) =>
      body(api.POST("/api/templates/{mail}/{language}/test", { ...path(which), body: words })),
  });
}
