import type { AnyProviderEvent, EventDetails, EventHandler, Logger, ProviderEventEmitter } from "@openfeature/core";

/** The events that a provider reports by itself; the SDK adds those of the promises it is given. */
export type ProviderEvent =
  | { readonly name: "PROVIDER_READY" }
  | { readonly name: "PROVIDER_STALE"; readonly message: string }
  | { readonly name: "PROVIDER_CONFIGURATION_CHANGED"; readonly flagsChanged: readonly string[] };

type Handlers = readonly EventHandler[];

/**
 * The emitter that SDKs listen to, with `report` for the provider. It takes the place of the SDKs' own one, so that
 * nothing of an SDK is needed at run time. A handler that fails keeps no other from hearing.
 */
export function createEvents(providerName: string) {
  const handlers = new Map<AnyProviderEvent, Handlers>();
  let logger: Logger | undefined;

  const of = (event: AnyProviderEvent): Handlers => handlers.get(event) ?? [];
  const run = async (handler: EventHandler, details: EventDetails) => {
    try {
      await handler(details);
    } catch (error) {
      logger?.error("a handler of a provider's event failed", error);
    }
  };
  const emitter: ProviderEventEmitter<AnyProviderEvent> = {
    emit: (event, context) => {
      for (const handler of of(event)) void run(handler, { ...context, providerName });
    },
    addHandler: (event, handler) => void handlers.set(event, [...of(event), handler]),
    removeHandler: (event, handler) => void handlers.set(event, withoutLast(of(event), handler)),
    removeAllHandlers: (event) => (event === undefined ? handlers.clear() : void handlers.delete(event)),
    getHandlers: (event) => [...of(event)],
    setLogger: (next) => {
      logger = next;
      return emitter;
    },
  };
  const report = ({ name, ...details }: ProviderEvent) => emitter.emit(eventOf(name), details);
  return { emitter, report };
}

/** The same handler may be there twice, and each removal is of one. */
function withoutLast(handlers: Handlers, handler: EventHandler): Handlers {
  const at = handlers.lastIndexOf(handler);
  return handlers.filter((_, index) => index !== at);
}

/** The SDK's enum is these strings, but has no values without its code. */
function eventOf(name: ProviderEvent["name"] & `${AnyProviderEvent}`): AnyProviderEvent {
  return name as AnyProviderEvent;
}
