/** Have Interloop look for a time once more, where it found none or none suited. */
import { Button, useToast } from "@/ui";
import { useProposeAgain } from "./queries";
import { whyNoTime } from "./refusals";

export function ProposeButton({ applicationId, name }: { applicationId: string; name: string }) {
  const propose = useProposeAgain(applicationId);
  const tell = useToast();
  const go = () =>
    propose.mutate(undefined, {
      onSuccess: () => tell({ text: `A time is put aside. ${name} is asked by mail.` }),
      onError: (error) => tell({ text: whyNoTime(error), tone: "trouble" }),
    });
  return (
    <Button onClick={go} disabled={propose.isPending}>
      Propose a time
    </Button>
  );
}
