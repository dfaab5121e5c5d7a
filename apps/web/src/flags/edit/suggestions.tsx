import { useAround } from "../condition/around.ts";
import { attributeName } from "../condition/tree.ts";

/** What fields of the page offer while somebody types: attributes used before, and keys of flags. */
export function Suggestions() {
  const { attributes, flags } = useAround();
  return (
    <>
      <datalist id="attributes">
        {[...new Set(["targetingKey", ...attributes])].map((name) => (
          <option key={name}>{attributeName(name)}</option>
        ))}
      </datalist>
      <datalist id="flags">
        {flags.map((key) => (
          <option key={key}>{key}</option>
        ))}
      </datalist>
    </>
  );
}
