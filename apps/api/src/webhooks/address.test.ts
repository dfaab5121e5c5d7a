import { expect, it } from "vitest";
import { isPublic, problemOf } from "./address.ts";

it.each([
  "127.0.0.1",
  "127.8.8.8",
  "0.0.0.0",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "fd00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:db8::1",
  "2001::1",
  "localhost",
  "",
])("does not take %j for a public address", (address) => {
  expect(isPublic(address)).toBe(false);
});

it.each(["8.8.8.8", "172.32.0.1", "11.0.0.1", "2606:4700::1111", "2a00:1450:4001:800::200e"])(
  "takes %s for a public address",
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);

it.each([
  ["https://example.org/hook?x=1", undefined],
  ["https://8.8.8.8/hook", undefined],
  ["http://example.org/hook", "expected an https:// address"],
  ["ftp://example.org", "expected an https:// address"],
  ["example.org", "expected an https:// address"],
  ["https://me:secret@example.org", "must not carry a name or password: a receiver checks the signature"],
  ["https://example.org/#part", "must not have a fragment"],
  ["https://127.0.0.1/hook", "leads into a private network"],
  ["https://0x7f.1/hook", "leads into a private network"],
  ["https://2130706433/hook", "leads into a private network"],
  ["https://[::1]/hook", "leads into a private network"],
  ["https://[::ffff:10.0.0.1]/hook", "leads into a private network"],
  ["https://localhost:8000/hook", "leads into a private network"],
  ["https://api.localhost/hook", "leads into a private network"],
])("of %s it says: %s", (url, problem) => {
  expect(problemOf(url, false)).toBe(problem);
});

it("takes private addresses, and plain http, where that is allowed", () => {
  expect(problemOf("http://127.0.0.1:9000/hook", true)).toBeUndefined();
  expect(problemOf("http://a:b@127.0.0.1/", true)).toMatch(/name or password/);
});
