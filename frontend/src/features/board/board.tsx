/** The board: columns are stages. Dragging a card asks for what its column means. */
import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ApplicationRow, Stage } from "@/api/types";
import { cx } from "@/lib/cx";
import { span } from "@/lib/time";
import { STAGE_WORD, stageColor, useMinute } from "@/ui";
import { CardFacts } from "./card-facts";
import { columns, medianWait } from "./columns";

type Props = {
  rows: readonly ApplicationRow[];
  selected: string | undefined;
  onMove: (row: ApplicationRow, to: Stage) => void;
};

export function Board({ rows, selected, onMove }: Props) {
  const [held, setHeld] = useState<ApplicationRow | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const drop = ({ over }: DragEndEvent) => {
    if (held && over) onMove(held, over.id as Stage);
    setHeld(null);
  };
  return (
    <DndContext
      sensors={sensors}
      onDragStart={({ active }) => setHeld(rows.find((row) => row.id === active.id) ?? null)}
      onDragEnd={drop}
      onDragCancel={() => setHeld(null)}
      accessibility={{ screenReaderInstructions: { draggable: "" } }}
    >
      <div className="flex snap-x gap-2 overflow-x-auto pb-2 lg:grid lg:grid-cols-7 lg:overflow-visible">
        {columns(rows).map(({ stage, people }) => (
          <Column key={stage} stage={stage} people={people} selected={selected} />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {held && (
          <div className="rotate-1 rounded-s border border-accent bg-surface px-2 py-2 text-12 text-ink-2 shadow-float">
            <CardBody row={held} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

type ColumnProps = { stage: Stage; people: ApplicationRow[]; selected: string | undefined };

function Column({ stage, people, selected }: ColumnProps) {
  const { setNodeRef, isOver } = useDroppable({ id: stage });
  const now = useMinute();
  const median = medianWait(people, now);
  return (
    <section
      ref={setNodeRef}
      aria-label={`${STAGE_WORD[stage]}, ${people.length} ${people.length === 1 ? "person" : "people"}`}
      className={cx(
        "w-[248px] flex-none snap-start overflow-hidden rounded-m border bg-sunken lg:w-auto lg:min-h-[420px]",
        isOver ? "border-accent" : "border-line",
      )}
    >
      <header className="px-2.5 pb-2">
        <i className="-mx-2.5 mb-2 block h-[3px]" style={{ background: stageColor(stage) }} />
        <h2 className="flex items-baseline gap-1.5 font-strong">
          {STAGE_WORD[stage]} <span className="num text-ink-2">{people.length}</span>
        </h2>
        <p className="num text-12 text-ink-2">
          {median === null ? "nobody" : `median ${span(median)}`}
        </p>
      </header>
      <ol className="grid gap-1.5 px-1.25 pb-1.5">
        {people.map((row) => (
          <Card key={row.id} row={row} selected={row.id === selected} />
        ))}
      </ol>
    </section>
  );
}

function Card({ row, selected }: { row: ApplicationRow; selected: boolean }) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: row.id });
  return (
    <li
      ref={setNodeRef}
      {...listeners}
      data-selected={selected || undefined}
      className={cx(
        "touch-manipulation rounded-s border bg-surface px-2 py-2 text-12 text-ink-2 hover:border-line-strong",
        selected ? "border-transparent outline-2 outline-accent" : "border-line",
        isDragging && "opacity-40",
      )}
    >
      <CardBody row={row} />
    </li>
  );
}

function CardBody({ row }: { row: ApplicationRow }) {
  return (
    <div className="grid gap-0.75">
      <Link
        to="/applications/$applicationId"
        params={{ applicationId: row.id }}
        draggable={false}
        className="text-14 font-strong tracking-[-0.006em] text-ink hover:text-accent"
      >
        {row.candidate.name ?? "Name unknown"}
      </Link>
      <CardFacts row={row} />
    </div>
  );
}
