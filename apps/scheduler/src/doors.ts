import type { NextFunction, Request, Response } from "express";

type Doors = {
  watch: (request: Request, response: Response, next: NextFunction) => void;
  /** From now on an answer is the last of its connection; `onIdle` is called whenever one is out. */
  shut: (onIdle: () => void) => void;
};

/**
 * Lets keep-alive connections end after the answer they wait for: told so by its header, a client sends its next
 * request elsewhere instead of into a connection that is being closed.
 */
export function createDoors(): Doors {
  const open = new Set<Response>();
  let onIdle: (() => void) | undefined;

  return {
    watch: (_request, response, next) => {
      open.add(response);
      if (onIdle) last(response);
      response.once("close", () => {
        open.delete(response);
        if (onIdle) setImmediate(onIdle);
      });
      next();
    },
    shut: (listener) => {
      onIdle = listener;
      for (const response of open) last(response);
      listener();
    },
  };
}

function last(response: Response): void {
  if (!response.headersSent) response.setHeader("Connection", "close");
}
