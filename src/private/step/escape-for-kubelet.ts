import { memoizeLongTexts } from '../values/memoize-long-texts';

/**
 * What the kubelet would take for its own, in `command`, `args` and the values of `env`: `$(…)`, which it skips whole
 * unless a variable of that name exists; `$$`, which it halves; and a `$` before a character of several
 * bytes, which it tears apart.
 */
const SPECIAL = /(\$\((?![-._a-zA-Z0-9]+\))[^)]*\))|\$(?=\$|\([-._a-zA-Z0-9]+\)|[^\x00-\x7f])/g;

/**
 * A text as Kubernetes must receive it, so that the program sees exactly what was written.
 *
 * A `$` is doubled only where it would mean something: all else, such as `${PORT}`, `$(date -u)` or a cdk8s
 * token, stays readable in the YAML.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go
 */
export const escapeForKubelet = memoizeLongTexts(text =>
  text.includes('$') ? text.replace(SPECIAL, (_, skipped?: string) => skipped ?? '$$') : text,
);

/**
 * A text in which Kubernetes is to replace `$(NAME)` and to halve `$$`: only a `$` before a character of several bytes,
 * which it would tear apart, is doubled.
 */
export const expandedByKubelet = memoizeLongTexts(text =>
  text.includes('$') ? text.replace(TORN, (_, meant?: string) => meant ?? '$$') : text,
);

/** The names of the variables that Kubernetes would replace in a text. */
export function referencesIn(text: string): string[] {
  const names = [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);
  return [...new Set(names)];
}

const TORN = /(\$\$|\$\([^)]*\))|\$(?=[^\x00-\x7f])/g;
const REFERENCE = /\$\$|\$\(([-._a-zA-Z0-9]+)\)/g;
