import { config } from "zod";

// Zod would compile its checks with `new Function`, which the page's Content-Security-Policy forbids and reports.
// Imported before any schema is made.
config({ jitless: true });
