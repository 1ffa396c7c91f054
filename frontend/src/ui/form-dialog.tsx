/** A dialog that asks for something: a form, a way out, and one button that sends it. */
import { type FormEvent, type ReactNode, useId } from "react";
import { Button, type ButtonProps } from "./button";
import { Dialog } from "./dialog";

type Props = {
  title: ReactNode;
  description?: ReactNode;
  /** What the button says, and how it looks. */
  send: ReactNode;
  variant?: ButtonProps["variant"];
  disabled: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  className?: string;
  children: ReactNode;
};

export function FormDialog({
  title,
  description,
  send,
  variant = "primary",
  disabled,
  onSubmit,
  onClose,
  className = "grid gap-4",
  children,
}: Props) {
  const form = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant={variant} disabled={disabled}>
            {send}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={onSubmit} className={className}>
        {children}
      </form>
    </Dialog>
  );
}
