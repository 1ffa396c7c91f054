/** One short word about what just happened, with a way back where there is one. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button, IconButton } from "./button";
import { Icon } from "./icon";

type ToastAction = { label: string; onAct: () => void };
type ToastMessage = { text: ReactNode; action?: ToastAction; tone?: "plain" | "trouble" };
type Shown = ToastMessage & { id: number };

const SHOWN_MS = 7000;
const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

export const useToast = () => useContext(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(0);
  const drop = useCallback(
    (id: number) => setShown((all) => all.filter((one) => one.id !== id)),
    [],
  );
  const tell = useCallback(
    (message: ToastMessage) => {
      const id = next.current++;
      setShown((all) => [...all.slice(-2), { ...message, id }]);
      // Trouble stays until it is read; the rest makes room by itself.
      if (message.tone !== "trouble") setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );
  const list = useMemo(
    () => shown.map((one) => <Toast key={one.id} {...one} onClose={() => drop(one.id)} />),
    [shown, drop],
  );
  return (
    <ToastContext value={tell}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="fixed right-4 bottom-18 left-4 z-50 sm:bottom-4 grid justify-items-end gap-2"
      >
        {list}
      </div>
    </ToastContext>
  );
}

function Toast({ text, action, tone, onClose }: ToastMessage & { onClose: () => void }) {
  return (
    <div className="appear flex min-h-11 max-w-[560px] items-center gap-3 rounded-m border border-line-strong bg-surface py-1.5 pr-2 pl-3.5 shadow-float">
      {tone === "trouble" && <Icon name="alert" className="text-trouble" />}
      <span>{text}</span>
      {action && (
        <Button
          size="s"
          onClick={() => {
            action.onAct();
            onClose();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Close message" variant="quiet" size="s" onClick={onClose}>
        <Icon name="cross" />
      </IconButton>
    </div>
  );
}
