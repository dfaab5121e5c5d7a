/** What the ghost shows: where it would stand, what that means, and whether it may. */
export type Look = {
  /** In pixels of the plane; null while the pointer is elsewhere, where a note follows it. */
  box: { left: number; top: number; width: number; height: number } | null;
  pointer: { x: number; y: number };
  time: string;
  note: string;
  refused: boolean;
};

const looks = {
  allowed: "border-accent bg-accent-soft text-accent-ink shadow-pop",
  refused: "hatched border-dashed border-danger bg-danger-soft text-danger",
};

const shape = "size-full overflow-hidden rounded-sm border-2 px-1";

/**
 * The one thing that moves while something is dragged. It is drawn past React: a frame costs a transform and, where the
 * words change, a line of text.
 */
export function createGhost(plane: HTMLElement, title: string) {
  const card = element("pointer-events-none absolute top-0 left-0 z-30 text-2xs");
  const face = element(shape);
  const note = element(
    "pointer-events-none fixed top-0 left-0 z-50 max-w-72 rounded-md border border-line bg-raised px-2 py-1 text-xs text-ink shadow-pop",
  );
  card.dataset["ghost"] = "";
  // A layer of its own, of a size of its own: what changes in it lays out and paints nothing else.
  card.style.contain = "size layout style";
  card.style.willChange = "transform";
  card.append(face);
  const lines = {
    title: line(face, "truncate font-medium"),
    time: line(face, "truncate"),
    // Below the face: the shortest blocks have no room for it.
    note: line(
      card,
      "mt-0.5 rounded-sm border border-line bg-raised px-1 font-medium text-ink shadow-pop empty:hidden",
    ),
  };
  const words = { title: line(note, "truncate font-medium"), rest: line(note, "text-muted") };
  say(lines.title, title);
  say(words.title, title);
  plane.append(card);
  document.body.append(note);
  let size = "";
  return {
    draw({ box, pointer, time, note: said, refused }: Look) {
      card.hidden = box === null;
      note.hidden = box !== null;
      if (!box) {
        note.style.transform = `translate(${pointer.x + 12}px, ${pointer.y + 12}px)`;
        return say(words.rest, [time, said].filter(Boolean).join(" · "));
      }
      card.style.transform = `translate(${box.left}px, ${box.top}px)`;
      const next = `${box.width} ${box.height} ${refused}`;
      if (next !== size) {
        face.className = `${shape} ${refused ? looks.refused : looks.allowed}`;
        card.dataset["ghost"] = refused ? "refused" : "allowed";
        card.style.width = `${box.width}px`;
        card.style.height = `${box.height}px`;
        size = next;
      }
      say(lines.time, time);
      say(lines.note, said);
    },
    remove() {
      card.remove();
      note.remove();
    },
  };
}

function element(look: string): HTMLElement {
  const made = document.createElement("div");
  made.className = look;
  made.ariaHidden = "true";
  return made;
}

function line(parent: HTMLElement, look: string): HTMLElement {
  const made = element(look);
  parent.append(made);
  return made;
}

function say(where: HTMLElement, text: string): void {
  if (where.textContent !== text) where.textContent = text;
}
