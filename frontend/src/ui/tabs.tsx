/** Tabs with roving focus; the panel is whatever stands below. */
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export type Tab<T extends string> = { value: T; label: string; count?: number };

type TabsProps<T extends string> = {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  children: ReactNode;
};

/** Only the open panel is rendered: `children` is its content. */
export function Tabs<T extends string>({ label, value, onChange, tabs, children }: TabsProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Radix.List aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex h-10 flex-none items-center gap-1.5 border-b-2 border-transparent font-strong text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="num font-regular text-ink-3">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} className="pt-3 outline-offset-4">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
