/** Which question covers which criterion, and what rests on one question or none. */
import type { Plan } from "@/api/types";
import { Icon } from "@/ui";
import { coverage } from "./draft";

export function Coverage({ plan }: { plan: Plan }) {
  const rows = coverage(plan);
  const none = rows.filter((row) => row.asked.length === 0).map((row) => row.letter);
  const one = rows.filter((row) => row.asked.length === 1).map((row) => row.letter);
  return (
    <div className="border-t border-line px-4 pt-3 pb-4 text-12 text-ink-2">
      <b>Which question covers which criterion</b>
      <table className="num mt-2 mb-2.5 w-full border-collapse text-center">
        <thead>
          <tr>
            <th className="w-7">
              <span className="sr-only">Criterion</span>
            </th>
            {plan.questions.map((question, index) => (
              <th key={question.id} scope="col" className="h-5.5 border-b border-line font-strong">
                {index + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.letter}>
              <th scope="row" className="h-5.5 border-b border-line text-left font-strong text-ink">
                {row.letter}
              </th>
              {plan.questions.map((question, index) => (
                <td key={question.id} className="border-b border-line">
                  {row.asked.includes(index) && (
                    <>
                      <i
                        aria-hidden="true"
                        className="inline-block size-2 rounded-full bg-accent"
                      />
                      <span className="sr-only">asks</span>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {none.length > 0 && (
        <Note>{`Nobody asks about ${none.join(", ")}: no mark can be given`}</Note>
      )}
      {none.length === 0 && one.length > 0 && (
        <Note>{`${one.join(", ")} ${one.length === 1 ? "rests" : "rest"} on one question`}</Note>
      )}
    </div>
  );
}

function Note({ children }: { children: string }) {
  return (
    <p className="flex gap-2 font-strong text-attention">
      <Icon name="warning" /> {children}
    </p>
  );
}
