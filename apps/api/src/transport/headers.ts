import type { Handler } from "express";

const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  // Positions of calendar blocks are style attributes; style sheets come from here only.
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Sets the security headers of every answer. */
export function securityHeaders(overTls: boolean): Handler {
  const headers = securityHeadersOf(overTls);
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}

/** The security headers by name. */
export function securityHeadersOf(overTls: boolean): Map<string, string> {
  return new Map([
    ["Content-Security-Policy", policy],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "DENY"],
    ["Referrer-Policy", "no-referrer"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Permissions-Policy", "camera=(), geolocation=(), microphone=()"],
    ...(overTls ? ([["Strict-Transport-Security", "max-age=31536000; includeSubDomains"]] as const) : []),
  ]);
}
