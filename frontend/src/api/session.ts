/** The access token of this tab: in memory only, renewed by one request at a time. */

type Renew = () => Promise<string | null>;
type Listener = () => void;

export class Session {
  #token: string | null = null;
  #renewing: Promise<string | null> | null = null;
  readonly #listeners = new Set<Listener>();

  constructor(private readonly renewCall: Renew) {}

  get token(): string | null {
    return this.#token;
  }

  /** Call `listener` whenever somebody signs in or out. Returns how to stop. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(token: string | null): void {
    const turned = (this.#token === null) !== (token === null);
    this.#token = token;
    if (turned) for (const listener of this.#listeners) listener();
  }

  /**
   * Renew the token; null when nobody is signed in.
   *
   * However many requests meet a 401 at once, one renewal leaves: the refresh token rotates, and
   * a second use of the old one would look like theft and sign everybody out.
   */
  renew(): Promise<string | null> {
    this.#renewing ??= this.renewCall()
      .then((token) => {
        this.set(token);
        return token;
      })
      .finally(() => {
        this.#renewing = null;
      });
    return this.#renewing;
  }
}

/**
 * Send a request with the token; on a 401 renew once and send it again.
 *
 * A request that already carries a newer token than it was refused with is not renewed again.
 */
export async function sendSigned(
  session: Session,
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  const spare = request.clone();
  const used = session.token;
  const first = await send(signed(request, used));
  if (first.status !== 401) return first;
  const token = session.token !== used ? session.token : await session.renew();
  return token === null ? first : send(signed(spare, token));
}

function signed(request: Request, token: string | null): Request {
  if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}
