import { describe, expect, it } from "vitest";
import { contains, parseAddress, parseNetwork } from "./network.ts";

describe("a network", () => {
  it.each([
    ["10.0.0.0/8", "10.255.1.2", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3", "10.1.2.4", false],
    ["192.168.128.0/17", "192.168.128.1", true],
    ["192.168.128.0/17", "192.168.127.255", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["::/0", "2001:DB8::1", true],
    ["10.0.0.0/8", "::ffff:10.1.2.3", true],
    ["::ffff:10.0.0.0/104", "10.9.9.9", true],
    ["64:ff9b::192.0.2.0/120", "64:ff9b::c000:2ff", true],
  ])("%s holds %s: %s", (network, address, expected) => {
    const [range, place] = [parseNetwork(network), parseAddress(address)];
    expect(range && place && contains(range, place)).toBe(expected);
  });

  it.each([
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0/8",
    "::/129",
    "10.0.0.0/8/8",
    "x",
    "",
    "::ffff:10.0.0.0/95",
  ])("is none: '%s'", (text) => expect(parseNetwork(text)).toBeUndefined());

  it.each([
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3",
    "1:2:3:4:5:6:7",
    "1::2::3",
    ":1",
    "1.2.3.4::",
    "fe80::1%eth0",
    "12345::",
    "1:2:3:4:5:6:7:8::",
  ])("has no address '%s'", (text) => expect(parseAddress(text)).toBeUndefined());
});
