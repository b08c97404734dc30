/** A list of things to start from: what is picked is taken, and the list shows its heading again. */

interface PickListProps {
  readonly label: string;
  readonly heading: string;
  readonly titles: readonly string[];
  readonly take: (index: number) => void;
}

/** Keys with which a closed list would take the next entry at once. */
const MOVES: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']);

export function PickList({ label, heading, titles, take }: PickListProps) {
  return (
    <select
      class="starts"
      aria-label={label}
      value=""
      onKeyDown={(event) => {
        const { key, altKey, currentTarget: list } = event;
        if (!MOVES.has(key) || altKey || typeof list.showPicker !== 'function') return;
        event.preventDefault();
        list.showPicker();
      }}
      onChange={(event) => {
        const { currentTarget: list } = event;
        const chosen = list.value;
        list.value = '';
        if (chosen !== '') take(Number(chosen));
      }}
    >
      <option value="">{heading}</option>
      {titles.map((title, i) => (
        <option key={title} value={i}>
          {title}
        </option>
      ))}
    </select>
  );
}
