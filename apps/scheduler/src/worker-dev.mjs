// Worker threads do not inherit the loader that reads TypeScript: it is registered anew before the worker is imported.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
