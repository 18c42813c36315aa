import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { providerNameOf } from "../operations/words.ts";
import { type Experiment, experiments } from "./experiments.ts";
import { type ExperimentProvider, PROVIDERS } from "./run_experiment.ts";

interface ExperimentChooserProps {
  readonly onStart: (experiment: Experiment, provider: ExperimentProvider) => Promise<void>;
}

/** What goes wrong, at whom. One press starts it. */
export function ExperimentChooser({ onStart }: ExperimentChooserProps): JSX.Element {
  const [provider, setProvider] = useState<ExperimentProvider>("openai");
  const [isBusy, setBusy] = useState(false);
  const start = async (experiment: Experiment): Promise<void> => {
    setBusy(true);
    await onStart(experiment, provider);
    setBusy(false);
  };
  const choose = (value: string): void => {
    const chosen = PROVIDERS.find((name) => name === value);
    if (chosen) setProvider(chosen);
  };
  return (
    <section class="card stack" aria-labelledby="experiments">
      <h2 id="experiments">What goes wrong</h2>
      <div class="field">
        <label for="broken-provider">Provider</label>
        <select
          id="broken-provider"
          value={provider}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {PROVIDERS.map((name) => <option key={name} value={name}>{providerNameOf(name)}</option>)}
        </select>
      </div>
      <ul class="experiments">
        {experiments.map((experiment) => (
          <li key={experiment.id}>
            <button type="button" disabled={isBusy} onClick={() => start(experiment)}>
              <strong>{experiment.name}</strong>
              <span>{experiment.what}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
