/** A part of a text. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the first line of each program of ours begins with. */
const PROGRAM = /^( +)# cdk8s-init-containers /;

/** Where the programs of our steps are in YAML, each from the end of its first line to the end of its last. */
export function programsIn(yaml: string): Range[] {
  const ranges: Range[] = [];
  let offset = 0;
  let open: { from: number; to: number; indentation: string } | undefined;
  for (const line of yaml.split('\n')) {
    const end = offset + line.length;
    if (open && (line === '' || line.startsWith(open.indentation))) {
      if (line !== '') open.to = end;
    } else {
      if (open) ranges.push({ from: open.from, to: open.to });
      const first = PROGRAM.exec(line);
      open = first ? { from: end, to: end, indentation: first[1] } : undefined;
    }
    offset = end + 1;
  }
  if (open) ranges.push({ from: open.from, to: open.to });
  return ranges;
}
