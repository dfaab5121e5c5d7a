// As worker-dev.mjs, for the thread that proves.
import { register } from "tsx/esm/api";

register();
await import("./proving.ts");
