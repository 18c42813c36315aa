import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { OPERATION_NAMES } from "../operations/words.ts";
import { STATUS_NAMES } from "../task/words.ts";
import { entriesOf, type Filter, filterAddress, keyOf } from "./filter.ts";

/** Chooses which tasks are shown. The choice is in the address, so that it is there on the way back. */
export function GalleryFilter({ filter }: { readonly filter: Filter }): JSX.Element {
  const change = (changed: Partial<Filter>): void => {
    location.replace(filterAddress({ ...filter, ...changed }));
  };
  return (
    <div class="gallery-filter" role="search">
      <Choice
        label="Operation"
        all="All operations"
        names={OPERATION_NAMES}
        value={filter.operation}
        onChange={(operation) => change({ operation })}
      />
      <Choice
        label="Status"
        all="Any status"
        names={STATUS_NAMES}
        value={filter.status}
        onChange={(status) => change({ status })}
      />
    </div>
  );
}

interface ChoiceProps<Key extends string> {
  readonly label: string;
  readonly all: string;
  readonly names: Readonly<Record<Key, string>>;
  readonly value: Key | undefined;
  readonly onChange: (value: Key | undefined) => void;
}

function Choice<Key extends string>(
  { label, all, names, value, onChange }: ChoiceProps<Key>,
): JSX.Element {
  const id = useId();
  return (
    <div>
      <label class="visually-hidden" for={id}>{label}</label>
      <select
        id={id}
        value={value ?? ""}
        onChange={({ currentTarget }) => onChange(keyOf(names, currentTarget.value))}
      >
        <option value="">{all}</option>
        {entriesOf(names).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
      </select>
    </div>
  );
}
