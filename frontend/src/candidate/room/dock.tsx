/** What one can do now. On a phone "Let me think" and "I'm done" come first. */
import { cx } from "@/lib/cx";
import { Button, type ButtonProps, Icon, type IconName, Kbd } from "@/ui";
import type { Hold } from "./hold";
import type { Phase } from "./messages";

export type DockProps = {
  phase: Phase | null;
  /** The line is open. */
  open: boolean;
  /** There is a voice to hold the turn with. */
  voice: boolean;
  typing: boolean;
  hold: Hold;
  onAct: (act: "start" | "done" | "think" | "pause" | "resume") => void;
  onPress: () => void;
  onRelease: () => void;
  onType: () => void;
  onTrouble: () => void;
};

export function Dock(props: DockProps) {
  const { phase, open, typing, onAct, onTrouble } = props;
  const idle = phase === null || phase === "connecting" || phase === "ended";
  return (
    <section
      aria-label="What you can do"
      className="sticky bottom-0 border-t border-line bg-surface px-5 pt-3 pb-2 sm:px-10 sm:py-4 [@media(max-height:560px)]:static"
    >
      <div className="mx-auto grid max-w-[1120px] grid-cols-4 gap-x-1 gap-y-2 sm:flex sm:flex-wrap sm:items-center sm:gap-3">
        {phase === "waiting" && (
          <Wide primary disabled={!open} onClick={() => onAct("start")} className="col-span-4">
            Start
          </Wide>
        )}
        {phase === "paused" && (
          <Wide primary disabled={!open} onClick={() => onAct("resume")} className="col-span-4">
            Go on
          </Wide>
        )}
        {phase !== "waiting" && phase !== "paused" && !idle && <TurnButtons {...props} />}
        {!idle && phase !== "paused" && (
          <Small icon="keyboard" onClick={props.onType} aria-pressed={typing}>
            Type instead
          </Small>
        )}
        {!idle && phase !== "paused" && phase !== "waiting" && (
          <Small
            icon="pause"
            bare
            disabled={!open}
            onClick={() => onAct("pause")}
            className="sm:ml-auto"
          >
            Pause
          </Small>
        )}
        <Small
          icon="help"
          bare
          onClick={onTrouble}
          className={cx(
            "max-sm:col-start-4 sm:-mr-3.5",
            (idle || phase === "paused" || phase === "waiting") && "sm:ml-auto",
          )}
        >
          Trouble
        </Small>
      </div>
    </section>
  );
}

function TurnButtons(props: DockProps) {
  const { phase, open, voice, typing, hold, onAct } = props;
  const mine = open && (phase === "candidate" || phase === "thinking");
  return (
    <>
      <Wide
        primary={!typing}
        disabled={!mine}
        onClick={() => onAct("done")}
        className="max-sm:order-1"
      >
        I’m done
      </Wide>
      <Wide disabled={!mine || phase === "thinking"} onClick={() => onAct("think")}>
        Let me think
      </Wide>
      {voice && (
        <Small
          icon="mic"
          className="select-none touch-none max-sm:order-2"
          disabled={!open}
          aria-pressed={hold.on}
          onPointerDown={(event) => {
            // The finger may slide off; letting go anywhere still lets go.
            event.currentTarget.setPointerCapture(event.pointerId);
            props.onPress();
          }}
          onPointerUp={props.onRelease}
          onPointerCancel={props.onRelease}
          onKeyDown={(event) => {
            if (!isPress(event.key)) return;
            event.preventDefault();
            if (!event.repeat) props.onPress();
          }}
          onKeyUp={(event) => {
            if (!isPress(event.key)) return;
            event.preventDefault();
            props.onRelease();
          }}
          onClick={(event) => {
            // A screen reader clicks without a finger or a key: that locks or frees.
            if (event.detail !== 0) return;
            props.onPress();
            props.onRelease();
          }}
          onContextMenu={(event) => event.preventDefault()}
        >
          Hold to talk
          <span className="hidden lg:inline">
            <Kbd>Space</Kbd>
          </span>
        </Small>
      )}
    </>
  );
}

const isPress = (key: string): boolean => key === " " || key === "Enter";

type WideProps = ButtonProps & { primary?: boolean; disabled?: boolean };

/** Disabled ones keep the focus and say so; they only do nothing. */
function Wide({ primary, disabled, className, onClick, ...rest }: WideProps) {
  return (
    <Button
      {...rest}
      size="l"
      variant={primary ? "primary" : "default"}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
      className={cx("col-span-2 min-h-13 px-2 sm:px-5", primary && "sm:px-8", className)}
    />
  );
}

type SmallProps = ButtonProps & { icon: IconName; bare?: boolean; disabled?: boolean };

function Small({ icon, bare, disabled, className, children, onClick, ...rest }: SmallProps) {
  const handlers = disabled ? {} : { ...rest, onClick };
  return (
    <Button
      {...(disabled ? { "aria-disabled": true } : {})}
      {...handlers}
      size="l"
      variant={bare ? "quiet" : "default"}
      className={cx(
        "max-sm:min-h-15 max-sm:flex-col max-sm:gap-1 max-sm:border-transparent max-sm:px-0.5 max-sm:text-12 sm:min-h-13",
        "aria-pressed:border-accent aria-pressed:bg-accent-tint aria-pressed:text-accent max-sm:order-2",
        bare ? "sm:px-3.5" : "sm:px-5",
        className,
      )}
    >
      <Icon name={icon} size={20} />
      {children}
    </Button>
  );
}
