import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../shell/field.tsx";
import { createAuth } from "./session.ts";
import { forgetSettings, keepSettings, type Settings } from "./settings.ts";

interface ConnectPageProps {
  readonly settings: Settings | undefined;
  readonly reason: string | undefined;
  readonly onConnect: (settings: Settings) => void;
}

/** Asks for what the page does not know: the project with its keys, and who signs in. */
export function ConnectPage({ settings, reason, onConnect }: ConnectPageProps): JSX.Element {
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What has come over the page is where one goes on.
    if (reason !== undefined) heading.current?.focus();
  }, [reason]);

  const submit = async (event: TargetedEvent<HTMLFormElement, SubmitEvent>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const entered = settings ?? settingsOf(form);
    const failure = await signIn(entered, text(form, "email"), text(form, "password"));
    setBusy(false);
    setProblem(failure);
    if (failure !== undefined) return;
    if (!settings) keepSettings(entered);
    onConnect(entered);
  };

  return (
    <main class="connect">
      <h1 ref={heading} tabIndex={-1}>MakeIt3D playground</h1>
      <p class="muted">
        {settings
          ? <>Sign in to {settings.url}.</>
          : "Connect to a project that has the MakeIt3D backend. The keys are those of an app: never the secret one."}
      </p>
      {reason !== undefined && <p role="alert" class="warning">{reason}</p>}
      <form class="card stack" onSubmit={submit}>
        {!settings && <ProjectFields />}
        <Field
          label="Email"
          name="email"
          type="email"
          autocomplete="username"
          defaultValue={settings?.user?.email}
          required
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          defaultValue={settings?.user?.password}
          required
        />
        <p role="alert" class="problem">{problem}</p>
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </button>
        {settings && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              forgetSettings();
              location.reload();
            }}
          >
            Use another project
          </button>
        )}
      </form>
    </main>
  );
}

function ProjectFields(): JSX.Element {
  return (
    <>
      <Field
        label="Project address"
        name="url"
        type="url"
        placeholder="https://ref.supabase.co"
        required
      />
      <Field label="Publishable key" name="publishable_key" required />
      <Field label="API key of the app" name="api_key" placeholder="m3d_live_…" required />
    </>
  );
}

function settingsOf(form: FormData): Settings {
  return {
    url: text(form, "url").replace(/\/+$/, ""),
    publishable_key: text(form, "publishable_key"),
    api_key: text(form, "api_key"),
  };
}

/** Why it did not work; undefined when it did. */
async function signIn(
  settings: Settings,
  email: string,
  password: string,
): Promise<string | undefined> {
  const { error } = await createAuth(settings, "user").signInWithPassword({ email, password });
  if (!error) return undefined;
  // Auth gives no status where nothing has answered.
  return error.status ? error.message : `${settings.url} does not answer: ${error.message}`;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
