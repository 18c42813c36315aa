import { useEffect, useState } from "preact/hooks";
import type { FieldState } from "../form/field_state.ts";
import type { Control } from "../operations/controls.ts";
import type { OperationForm } from "../operations/forms.ts";
import { type Draft, valueOf, withValue } from "./draft.ts";
import { type Problem, problemsOf, refusedProblems, warningsByField } from "./problems.ts";
import { estimateOf, type EstimateState } from "./use_estimate.ts";
import { NO_REFUSALS, type Refusals, refusalsOf } from "./use_submit.ts";

export interface Fields {
  readonly problemOf: (field: string) => string | undefined;
  readonly warningsOf: (field: string) => readonly string[];
  readonly stateOf: (control: Control) => FieldState;
  /** What is wrong with the whole. */
  readonly reason: string | undefined;
  /** Tells everything that is wrong, also what is only missing; returns it in the form's order. */
  readonly insist: () => readonly Problem[];
  readonly refuse: (refusals: Refusals) => void;
}

/** What stands beside each field: of the schema, of the last estimate, of the last submit. */
export function useFields(
  form: OperationForm,
  draft: Draft,
  estimate: EstimateState,
  onChange: (change: (draft: Draft) => Draft) => void,
): Fields {
  const [isInsisting, setInsisting] = useState(false);
  const [refusals, setRefusals] = useState<Refusals>(NO_REFUSALS);
  // What is changed may be right now.
  useEffect(() => setRefusals(NO_REFUSALS), [form, draft.values, draft.files]);
  useEffect(() => setInsisting(false), [form.operation]);

  const foreseen = estimate.state === "refused" ? refusalsOf(form, estimate.error) : NO_REFUSALS;
  const expected = refusedProblems(form, draft, foreseen.fields);
  const problems = problemsOf(form, draft);
  const told = new Map(
    [...expected, ...refusedProblems(form, draft, refusals.fields), ...problems].filter((
      { isMissing },
    ) => isInsisting || !isMissing)
      .map(({ field, message }) => [field, message]),
  );
  const warnings = warningsByField(form, estimateOf(estimate)?.warnings ?? []);

  const problemOf = (field: string): string | undefined => told.get(field);
  const warningsOf = (field: string): readonly string[] => warnings.get(field) ?? [];
  return {
    problemOf,
    warningsOf,
    stateOf: (control) => ({
      value: valueOf(draft, form, control),
      onChange: (value) => onChange((before) => withValue(before, form, control, value)),
      problem: problemOf(control.name),
      warnings: warningsOf(control.name),
    }),
    reason: refusals.reason,
    insist: () => {
      setInsisting(true);
      return [...problems, ...expected.filter(({ isMissing }) => isMissing)];
    },
    refuse: setRefusals,
  };
}
