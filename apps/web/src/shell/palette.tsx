import { Command as Cmdk } from "cmdk";
import { useEffect, useRef, useState } from "react";
import { Keys } from "../ui/kbd.tsx";
import type { Command } from "./commands.ts";
import { useServices } from "./services.ts";

/** Every action by name. A native dialog: the browser keeps the focus inside and gives it back. */
export function Palette({ close }: { close: () => void }) {
  const { commands } = useServices();
  const [list] = useState(() => commands.list().filter(({ id }) => id !== "palette"));
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    // The dialog would give the focus to the first box that can have it.
    input.current?.focus();
  }, []);

  const run = (command: Command) => {
    dialog.current?.close();
    command.run();
  };
  return (
    <dialog
      ref={dialog}
      aria-label="Find an action"
      onClose={close}
      closedby="any"
      className="rise mx-auto mt-[12vh] w-[min(36rem,calc(100vw-1.5rem))] overflow-hidden rounded-lg border border-line bg-raised p-0 text-ink shadow-pop"
    >
      <Cmdk label="Actions" loop>
        <Cmdk.Input
          ref={input}
          placeholder="What do you want to do?"
          className="h-11 w-full border-b border-line bg-transparent px-4 outline-none placeholder:text-faint"
        />
        <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5" tabIndex={-1}>
          <Cmdk.Empty className="px-3 py-6 text-center text-sm text-muted">No action has this name.</Cmdk.Empty>
          {sections(list).map(([section, items]) => (
            <Cmdk.Group
              key={section}
              heading={section}
              className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
            >
              {items.map((command) => (
                <Cmdk.Item
                  key={command.id}
                  value={`${command.title} ${command.id}`}
                  onSelect={() => run(command)}
                  className="flex h-9 cursor-pointer items-center justify-between rounded-md px-2.5 text-sm data-[selected=true]:bg-hover"
                >
                  {command.title}
                  {command.keys && <Keys keys={command.keys} className="text-muted" />}
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          ))}
        </Cmdk.List>
      </Cmdk>
    </dialog>
  );
}

// What the page is for comes first.
const order = ["Planner", "Calendar", "Features", "Flag", "Flags", "Review", "Go", "Settings", "Look"];

function sections(list: readonly Command[]): [string, Command[]][] {
  const grouped = new Map<string, Command[]>();
  for (const command of list) grouped.set(command.section, [...(grouped.get(command.section) ?? []), command]);
  return [...grouped].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}
