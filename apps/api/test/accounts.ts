import type { Deps } from "./serve.ts";

export type Role = "viewer" | "editor" | "admin";
export type KeyKind = "client" | "server" | "admin";

/** Headers that a request is sent with. */
export type Sent = Record<string, string>;

export type Accounts = {
  /** Where the pages of this API are, as a browser says it. */
  origin: string;
  /** Headers of a signed-in person with that role, as a browser sends them from our page; made at the first use. */
  as: (role: Role) => Promise<Sent>;
  /** Headers with an API key of that kind; made at the first use. */
  key: (kind: KeyKind) => Promise<Sent>;
};

export const password = "correct horse battery";

/** People and keys of one served API, made over its own doors. `origin` is where its pages are. */
export function createAccounts(url: string, origin: string, { access }: Deps): Accounts {
  const people = new Map<Role, Promise<Sent>>();
  const keys = new Map<KeyKind, Promise<Sent>>();
  const call = async (procedure: string, input: unknown, headers: Sent = {}) =>
    resultOf(await fetch(`${url}/trpc/${procedure}`, posted(input, headers)));

  const once = <K>(made: Map<K, Promise<Sent>>, key: K, make: () => Promise<Sent>) => {
    const promise = made.get(key) ?? make();
    made.set(key, promise);
    return promise;
  };

  const as = (role: Role): Promise<Sent> =>
    once(people, role, async () => {
      const email = `${role}@beq.example`;
      if (role === "admin") await call("access.setUp", { name: "Ada admin", email, password, token: access.code });
      else {
        const invited = await call("access.invite", { name: `Ed ${role}`, email, role }, await as("admin"));
        await call("access.join", { token: invited["token"], password });
      }
      return signIn(url, origin, email);
    });

  return {
    origin,
    as,
    key: (kind) =>
      once(keys, kind, async () => {
        const { key } = await call(
          "access.createKey",
          { kind, name: `The ${kind} key`, requests_per_second: null },
          await as("admin"),
        );
        return { "x-api-key": String(key) };
      }),
  };
}

/** Signs in as a browser does, and answers with the headers of what it sends from then on. */
export async function signIn(url: string, origin: string, email: string, secret = password): Promise<Sent> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, posted({ email, password: secret }, { origin }));
  if (!response.ok) throw new Error(`Sign-in answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
  return { cookie: cookie.join("; "), origin };
}

function posted(body: unknown, headers: Sent): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

async function resultOf(response: Response): Promise<Record<string, unknown>> {
  const { result, error } = (await response.json()) as {
    result?: { data?: Record<string, unknown> };
    error?: { message: string };
  };
  if (error) throw new Error(`Answered ${response.status}: ${error.message}`);
  return result?.data ?? {};
}
