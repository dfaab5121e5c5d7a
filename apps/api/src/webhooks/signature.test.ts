import { expect, it } from "vitest";
import { secretOf, signed } from "./signature.ts";

it("signs as the published example of Standard Webhooks is signed", () => {
  const headers = signed(
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    1_614_265_330,
    '{"test": 2432232314}',
  );
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("writes a secret as its bytes in base64", () => {
  expect(secretOf(new Uint8Array([1, 2, 255]))).toBe("whsec_AQL/");
});
