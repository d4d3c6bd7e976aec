import type { Owner } from './cluster';

/** How many names stand in a line before the others are counted. */
const NAMED = 3;

/** `3 pods`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `Deployments api, web and 2 others; StatefulSet db`. */
export function named(owners: readonly Owner[], withNamespace: boolean): string {
  const kinds = [...new Set(owners.map(({ kind }) => kind))];
  return kinds
    .map(kind => {
      const ofKind = owners.filter(owner => owner.kind === kind);
      const names = ofKind.map(({ namespace, name }) =>
        withNamespace ? `${namespace}/${name}` : name,
      );
      return `${ofKind.length === 1 ? kind : `${kind}s`} ${listed([...new Set(names)])}`;
    })
    .join('; ');
}

/** `40 s`, `12 min`, `5 h`, `3 d`. */
export function lasting(since: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  const units = [
    ['s', 1, 120],
    ['min', 60, 120],
    ['h', 3600, 48],
  ] as const;
  const fitting = units.find(([, size, most]) => seconds < size * most);
  return fitting
    ? `${Math.floor(seconds / fitting[1])} ${fitting[0]}`
    : `${Math.floor(seconds / 86400)} d`;
}

/** The first names, and how many others there are. */
export function listed(names: readonly string[]): string {
  const others = names.length - NAMED;
  if (others > 1) return `${names.slice(0, NAMED).join(', ')} and ${others} others`;
  return names.length < 2
    ? names.join()
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
