/** The check before the room: microphone, a sentence to hear, camera; typing always works. */
import { useEffect } from "react";
import { Button } from "@/ui";
import { go, pageOf } from "../address";
import type { PageProps } from "../app";
import { Actions, Frame, Help, Lead, Section } from "../layout";
import { AskPerson } from "../pages/ask-person";
import { Camera } from "./camera";
import { closeAll, kept, setWantsToType } from "./devices";
import { HearYourself } from "./hear-yourself";
import { Microphone } from "./microphone";
import { useDevice } from "./use-device";

export function Check({ standing, onChange }: PageProps) {
  const microphone = useDevice("microphone");
  const { open, stream } = microphone;
  useEffect(() => {
    if (!kept.microphone) void open();
    return () => {
      if (pageOf(location.pathname) !== "room") closeAll();
    };
  }, [open]);
  const enter = (typing: boolean) => {
    setWantsToType(typing);
    if (typing) microphone.shut();
    go("room");
  };
  return (
    <Frame
      title="Let us see that everything works"
      organization={standing.invitation.organization}
      help={<Help invitation={standing.invitation} />}
    >
      <Lead>
        <p>
          This takes about two minutes. Nothing is recorded or sent yet: the test stays in this
          browser.
        </p>
      </Lead>
      <Microphone microphone={microphone} />
      {stream && <HearYourself stream={stream} />}
      <Camera recorded={standing.invitation.video_allowed} />
      <Section title="Go in">
        <Actions>
          {/* Both stand from the first: a button that moves under a finger is pressed by mistake. */}
          <Button variant="primary" size="l" disabled={!stream} onClick={() => enter(false)}>
            Go in
          </Button>
          <Button size="l" onClick={() => enter(true)}>
            Continue by typing
          </Button>
        </Actions>
        <p className="text-ink-2">
          Inside, nothing starts before you press Start. Typed answers count the same as spoken
          ones, and you can change between both at any time.
        </p>
      </Section>
      <Section title="If nothing works">
        <p>You can type the whole interview, or speak to a person. Neither counts against you.</p>
        <AskPerson standing={standing} onChange={onChange} label="Speak to a person" size="touch" />
      </Section>
    </Frame>
  );
}
