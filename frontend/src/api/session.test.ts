import { expect, test } from "vitest";
import { Session, sendSigned } from "./session";

const page = () => new Request("https://interloop.test/api/jobs", { method: "POST", body: "{}" });

/** A server that takes only `good`, and remembers what it was sent. */
function server(good: () => string) {
  const seen: (string | null)[] = [];
  const send = async (request: Request) => {
    await Promise.resolve();
    const bearer = request.headers.get("Authorization");
    seen.push(bearer);
    const body = await request.text();
    return new Response(body, { status: bearer === `Bearer ${good()}` ? 200 : 401 });
  };
  return { seen, send };
}

test("many requests that meet a 401 together renew the token once", async () => {
  let renewals = 0;
  const session = new Session(async () => {
    renewals += 1;
    return "new";
  });
  session.set("old");
  const { send } = server(() => "new");
  const answers = await Promise.all([1, 2, 3, 4].map(() => sendSigned(session, page(), send)));
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  expect(renewals).toBe(1);
});

test("the body is sent again with the second try", async () => {
  const session = new Session(async () => "new");
  const { send } = server(() => "new");
  const answer = await sendSigned(session, page(), send);
  expect(await answer.text()).toBe("{}");
});

test("a late 401 for an old token uses the new token without another renewal", async () => {
  let renewals = 0;
  const session = new Session(async () => {
    renewals += 1;
    return "newer";
  });
  session.set("old");
  const { send } = server(() => "new");
  const slow = async (request: Request) => {
    const answer = await send(request);
    session.set("new");
    return answer;
  };
  expect((await sendSigned(session, page(), slow)).status).toBe(200);
  expect(renewals).toBe(0);
});

test("when nobody is signed in the 401 comes back and is not tried again", async () => {
  const session = new Session(async () => null);
  const { seen, send } = server(() => "new");
  expect((await sendSigned(session, page(), send)).status).toBe(401);
  expect(seen).toHaveLength(1);
});

test("a failed renewal does not block the next one", async () => {
  let tries = 0;
  const session = new Session(async () => {
    tries += 1;
    if (tries === 1) throw new TypeError("offline");
    return "new";
  });
  await expect(session.renew()).rejects.toThrow("offline");
  expect(await session.renew()).toBe("new");
});

test("watchers hear of signing in and out, not of renewals", () => {
  const session = new Session(async () => null);
  let heard = 0;
  session.watch(() => {
    heard += 1;
  });
  session.set("a");
  session.set("b");
  session.set(null);
  expect(heard).toBe(2);
});
