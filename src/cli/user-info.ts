/**
 * What stands before the host of a URL, with the `@`: a name and a password, in which somebody may have left a `/`, `?`
 * or `#` as it is. Rather too much than a part of a password is taken for it, but for a path such as `/@scope/file`.
 */
const USER_INFO = new RegExp(
  '(?<=[a-z]://)(?:'
  + '[^\\s"\':/?#@]+:(?!\\d+(?:[/?#"\'\\s]|$))[^\\s"\']*@' // a name and what is no port
  + '|[^\\s"\'/?#]*@'
  + '|[^\\s"\'?#]*[^\\s"\'?#/]@'
  + ')',
  'g',
);

/** A text in which nobody reads who asks, and with which password. */
export function withoutUsers(text: string, instead = ''): string {
  return text.replace(USER_INFO, instead);
}

/** The passwords in the URLs of a text. */
export function passwordsInUrls(text: string): string[] {
  return [...text.matchAll(USER_INFO)].flatMap(([found]) => /^[^:]+:(.+)@$/.exec(found)?.[1] ?? []);
}
