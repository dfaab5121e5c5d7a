// An empty page: what the machine and the browser give by themselves.
import { openPage } from "../looks.mjs";

const html = `<!doctype html><style>body{margin:0}main{height:100vh;overflow-y:auto}div{height:2000px}</style>
<main><div>Nothing</div></main>`;

/** `search` is what the planner page asks for: the machine works as hard beside this page as beside that. */
export async function openFloor(browser, look, search) {
  const opened = await openPage(browser, look);
  const { viewport } = look;
  await opened.page.setContent(html);
  const middle = { x: viewport.width / 2, y: viewport.height / 2 };
  const box = { left: 0, top: 0, right: viewport.width, bottom: viewport.height };
  let asked = new AbortController();
  return {
    ...opened,
    name: "floor",
    cannot: ["turn"],
    grips: async () => ({ box, block: middle, edge: middle }),
    isCarrying: () => true,
    putBack: (hand, point) => hand.release(point),
    async search() {
      asked = new AbortController();
      const { url, headers, body } = search;
      const response = await fetch(url, { method: "POST", headers, body, signal: asked.signal });
      // Read to its end, or until it is enough.
      void response.text().catch(() => undefined);
    },
    settled: () => asked.abort(),
  };
}
