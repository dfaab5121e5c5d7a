/** Gives `task-1`, `task-2`, … leaving out what is taken; what it gave is taken from then on. */
export function idGenerator(taken: ReadonlySet<string>): () => string {
  let number = 0;
  return () => {
    do number += 1;
    while (taken.has(`task-${number}`));
    return `task-${number}`;
  };
}
