/** A list that is put in order by pointer, or by keyboard: Space, arrows, Space; or Alt with j and k. */
import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "@/lib/cx";

type ListProps = {
  label: string;
  ids: readonly string[];
  nameOf: (id: string) => string;
  onMove: (from: number, to: number) => void;
  children: ReactNode;
};

export function SortableList({ label, ids, nameOf, onMove, children }: ListProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const end = ({ active, over }: DragEndEvent) => {
    if (over && active.id !== over.id)
      onMove(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{ announcements: words(ids, nameOf) }}
    >
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
        <ol aria-label={label}>{children}</ol>
      </SortableContext>
    </DndContext>
  );
}

function words(ids: readonly string[], nameOf: (id: string) => string): Announcements {
  const place = (id: unknown) => `place ${ids.indexOf(String(id)) + 1} of ${ids.length}`;
  const name = (id: unknown) => nameOf(String(id));
  return {
    onDragStart: ({ active }) => `${name(active.id)} picked up, ${place(active.id)}.`,
    onDragOver: ({ active, over }) => `${name(active.id)}: ${over ? place(over.id) : "outside"}.`,
    onDragEnd: ({ active, over }) =>
      `${name(active.id)} put down${over ? `, ${place(over.id)}` : ""}.`,
    onDragCancel: ({ active }) => `${name(active.id)} stays where it was.`,
  };
}

type ItemProps = {
  id: string;
  name: string;
  open?: boolean;
  onNudge: (by: 1 | -1) => void;
  children: (handle: ReactNode) => ReactNode;
};

export function SortableItem({ id, name, open, onNudge, children }: ItemProps) {
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
  } = useSortable({ id });
  const nudge = (event: KeyboardEvent) => {
    const by = event.altKey && event.key === "j" ? 1 : event.altKey && event.key === "k" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    onNudge(by);
  };
  const handle = (
    <button
      type="button"
      ref={setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={`Move ${name}`}
      className="grid h-7 w-6 flex-none cursor-grab touch-none place-items-center rounded-xs text-ink-3"
    >
      <Grip />
    </button>
  );
  return (
    <li
      ref={setNodeRef}
      onKeyDown={nudge}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx(
        "border-t border-line bg-surface",
        open && "shadow-[inset_2px_0_0_var(--accent)]",
        isDragging && "relative z-10 shadow-float",
      )}
    >
      {children(handle)}
    </li>
  );
}

function Grip() {
  return (
    <svg viewBox="0 0 8 14" width={8} height={14} fill="currentColor" aria-hidden="true">
      {[2, 7, 12].flatMap((y) =>
        [2, 6].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r={1.1} />),
      )}
    </svg>
  );
}
