/** @jsxImportSource preact */
interface SwitchProps {
  /** Category or service id; `bandeau-item-ID` is the element that names it. */
  readonly id: string;
  readonly describedBy: string;
  /** The state in words, since colour alone says nothing to many. */
  readonly state: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** A native checkbox, so that every keyboard, screen reader and refusal tool knows it. */
export const Switch = ({ id, describedBy, state, isOn, onToggle }: SwitchProps) => (
  <label class="bandeau-switch">
    <span class="bandeau-state" id={`bandeau-state-${id}`}>
      {state}
    </span>
    <input
      type="checkbox"
      role="switch"
      data-bandeau-category={id}
      aria-labelledby={`bandeau-item-${id}`}
      aria-describedby={`${describedBy} bandeau-state-${id}`}
      checked={isOn}
      onChange={onToggle}
    />
  </label>
);
