/** The place of something that is on its way. Its size comes from the caller, so that nothing shifts when it arrives. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={`pulse rounded-md bg-sunken ${className}`} />;
}
