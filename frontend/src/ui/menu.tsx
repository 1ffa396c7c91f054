/** A menu behind a button; arrow keys and type-ahead work. */
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

export type MenuItem = {
  label: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  danger?: boolean;
};

type MenuProps = { trigger: ReactNode; items: readonly MenuItem[]; header?: ReactNode };

export function Menu({ trigger, items, header }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="appear z-50 min-w-48 rounded-m border border-line-strong bg-surface p-1 shadow-float"
        >
          {header && (
            <div className="border-b border-line px-2.5 py-2 text-12 text-ink-2">{header}</div>
          )}
          {items.map((item, index) => (
            <DropdownMenu.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: a menu's items never move
              key={index}
              disabled={item.disabled}
              onSelect={item.onSelect}
              className={cx(
                "flex min-h-8 cursor-pointer items-center gap-2 rounded-xs px-2.5 outline-none data-disabled:cursor-default data-disabled:text-ink-3 data-highlighted:bg-accent-tint",
                item.danger && "text-trouble",
              )}
            >
              {item.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
