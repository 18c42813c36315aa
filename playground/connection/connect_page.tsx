import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../shell/field.tsx";
import { keepSettings, type Settings } from "./settings.ts";
import { signIn, type SignInProblem } from "./sign_in.ts";

interface ConnectPageProps {
  readonly settings: Settings | undefined;
  readonly reason: string | undefined;
  readonly onConnect: (settings: Settings) => void;
}

/** Asks for what the page does not know: the project with its keys, and who signs in. */
export function ConnectPage({ settings, reason, onConnect }: ConnectPageProps): JSX.Element {
  const [problem, setProblem] = useState<SignInProblem>();
  const [isEntering, setEntering] = useState(!settings);
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
    const entered = settings && !isEntering ? settings : settingsOf(form);
    const credentials = { email: text(form, "email"), password: text(form, "password") };
    const found = await signIn(entered, credentials);
    setBusy(false);
    setProblem(found);
    // A key that is wrong has to be seen to be mended.
    if (found?.field) setEntering(true);
    if (found) return;
    if (isEntering) keepSettings(entered);
    onConnect(entered);
  };

  return (
    <main class="connect">
      <h1 ref={heading} tabIndex={-1}>MakeIt3D playground</h1>
      <p class="muted">
        {settings && !isEntering
          ? <>Sign in to {settings.url}.</>
          : "Connect to a project that has the MakeIt3D backend. The keys are those of an app: never the secret one."}
      </p>
      {reason !== undefined && <p role="alert" class="warning">{reason}</p>}
      <form class="card stack" onSubmit={submit}>
        {isEntering && <ProjectFields settings={settings} wrong={problem?.field} />}
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
        <p role="alert" class="problem">{problem?.message}</p>
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </button>
        {!isEntering && (
          <button type="button" class="quiet" onClick={() => setEntering(true)}>
            Use another project
          </button>
        )}
      </form>
    </main>
  );
}

interface ProjectFieldsProps {
  /** What was used before, to be corrected. */
  readonly settings: Settings | undefined;
  readonly wrong: SignInProblem["field"];
}

function ProjectFields({ settings, wrong }: ProjectFieldsProps): JSX.Element {
  return (
    <>
      <Field
        label="Project address"
        name="url"
        type="url"
        placeholder="https://ref.supabase.co"
        defaultValue={settings?.url}
        required
      />
      <Field
        label="Publishable key"
        name="publishable_key"
        defaultValue={settings?.publishable_key}
        aria-invalid={wrong === "publishable_key"}
        required
      />
      <Field
        label="API key of the app"
        name="api_key"
        placeholder="m3d_live_…"
        defaultValue={settings?.api_key}
        aria-invalid={wrong === "api_key"}
        required
      />
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

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
