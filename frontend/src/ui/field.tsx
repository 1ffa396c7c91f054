/** A label, a control, a hint and an error that belong together. */
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

export type ControlIds = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
  className?: string;
  children: (ids: ControlIds) => ReactNode;
};

export function Field({ label, hint, error, hideLabel, className, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const ids: ControlIds = {
    id,
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-12 font-strong text-ink-2"}>
        {label}
      </label>
      {children(ids)}
      {hint && (
        <p id={`${id}-hint`} className="text-12 text-ink-2">
          {hint}
        </p>
      )}
      {error && (
        <p
          id={`${id}-error`}
          className="flex gap-1.5 text-12 font-strong text-trouble"
          role="alert"
        >
          <Icon name="alert" /> {error}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cx("control h-8 px-2.5 text-14", INVALID, className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      {...rest}
      className={cx("control block resize-y px-2.5 py-1.5 text-14", INVALID, className)}
    />
  );
}

const INVALID =
  "aria-invalid:border-trouble aria-invalid:bg-trouble-tint disabled:border-line-strong disabled:bg-sunken disabled:text-ink-2";
