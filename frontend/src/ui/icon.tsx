/** A stroked icon in the current colour; always decoration, the words beside it carry meaning. */
import { cx } from "@/lib/cx";
import { ICONS, type IconName, RAIL_ICONS, type RailIconName } from "./icons";

type Props = { name: IconName; size?: 12 | 14 | 16 | 20 | 24; className?: string };

export function Icon({ name, size = 16, className }: Props) {
  return <Strokes d={ICONS[name]} grid={16} size={size} className={className} />;
}

export function RailIcon({ name }: { name: RailIconName }) {
  return <Strokes d={RAIL_ICONS[name]} grid={20} size={20} />;
}

type StrokesProps = { d: string; grid: number; size: number; className?: string };

function Strokes({ d, grid, size, className }: StrokesProps) {
  return (
    <svg
      viewBox={`0 0 ${grid} ${grid}`}
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx("flex-none", className)}
      aria-hidden="true"
    >
      <path d={d} />
    </svg>
  );
}
