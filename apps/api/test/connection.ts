import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** Many questions over few connections, with less ado than `fetch`. */
export function connection(url: string, headers: Record<string, string> = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const ask = async (method: "GET" | "POST", path: string, more: Record<string, string>, body?: string) => {
    const asked = request(url + path, { agent, method, headers: { ...headers, ...more } }).end(body);
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    return { status: response.statusCode ?? 0, answer: await text(response) };
  };
  return {
    get: (path: string, more: Record<string, string> = {}) => ask("GET", path, more),
    post: (path: string, body: string) => ask("POST", path, { "content-type": "application/json" }, body),
    [Symbol.dispose]: () => agent.destroy(),
  };
}
