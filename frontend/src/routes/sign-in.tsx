/** Sign-in: the only page of staff without a session. */
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect } from "react";
import { ApiError, api, body, session } from "@/api/client";
import { Banner, Button, Field, HouseMark, Input } from "@/ui";

export function SignInPage() {
  const { next } = useSearch({ strict: false });
  const navigate = useNavigate();
  useEffect(() => {
    document.title = "Sign in · Interloop";
  }, []);
  const signIn = useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      body(api.POST("/api/auth/sign-in", { body: input })),
    onSuccess: ({ access_token }) => {
      session.set(access_token);
      void navigate({ to: isOurs(next) ? next : "/" });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({
      email: String(form.get("email")).trim(),
      password: String(form.get("password")),
    });
  };
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <form onSubmit={submit} className="panel grid w-full max-w-[376px] gap-4 p-6">
        <div className="grid gap-2">
          <HouseMark size={32} />
          <h1 className="text-20 font-strong tracking-[-0.01em]">Sign in to Interloop</h1>
        </div>
        {signIn.error && <Banner tone="trouble">{refusal(signIn.error)}</Banner>}
        <Field label="E-mail">
          {(ids) => (
            <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />
          )}
        </Field>
        <Field label="Password">
          {(ids) => (
            <Input
              {...ids}
              name="password"
              type="password"
              autoComplete="current-password"
              required
            />
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={signIn.isPending}>
          {signIn.isPending ? "Signing in" : "Sign in"}
        </Button>
        <p className="text-12 text-ink-2">
          On a demo, <code className="font-mono">make up</code> prints the sign-ins.
        </p>
      </form>
    </main>
  );
}

/** Only a path of this app may follow a sign-in, never another site. */
function isOurs(next: unknown): next is string {
  return typeof next === "string" && next.startsWith("/") && !next.startsWith("//");
}

function refusal(error: Error): string {
  if (!(error instanceof ApiError)) return "Something went wrong. Nothing was changed; try again.";
  if (error.status === 401) return "The e-mail address and the password do not fit together.";
  if (error.status === 429) return "Too many tries. Wait a minute, then try again.";
  return `${error.message}. Nothing was changed; try again.`;
}
