/** A name like this one that is not taken: `report (2).txt`. The last extension stays at the end. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  // A name that begins with its only full stop has no extension.
  const at = dot > 0 ? dot : name.length;
  const numbered = /^(.*) \((\d+)\)$/s.exec(name.slice(0, at));
  const stem = numbered?.[1] ?? name.slice(0, at);
  let number = Number(numbered?.[2] ?? 1) + 1;
  const named = (): string => `${stem} (${String(number)})${name.slice(at)}`;
  while (taken.has(named())) number++;
  return named();
}
