/** The keys of a shortcut: `mod+k`, `g p`. `mod` is Command on Apple's machines, Control elsewhere. */
export function Keys({ keys, className = "" }: { keys: string; className?: string }) {
  return (
    <kbd className={`inline-flex items-center gap-0.5 font-sans text-2xs ${className}`}>
      {keys.split(/[+ ]/).map((key) => (
        <span key={key} className="min-w-4.5 rounded-sm border border-current/25 px-1 text-center leading-4">
          {keyName(key)}
        </span>
      ))}
    </kbd>
  );
}

function keyName(key: string): string {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  const names: Record<string, string> = {
    mod: apple ? "⌘" : "Ctrl",
    enter: "↵",
    shift: "⇧",
    delete: "Del",
    escape: "Esc",
  };
  return names[key] ?? key.toUpperCase();
}
