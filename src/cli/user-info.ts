/** A name and a password before the host of a URL, with the `@`. */
const USER = '[^\\s"\':/?#@]+:(?!\\d+(?:[/?#"\'\\s]|$))[^\\s"\']*@' // a name and what is no port
  + '|[^\\s"\'/?#]*@';

const USER_INFO = new RegExp(`(?<=[a-z]://)(?:${USER})`, 'g');

/**
 * The same where somebody may have left a `/`, `?` or `#` in it as it is: nothing of that may be shown. Rather too much
 * than a part of a password is taken for it, but for paths such as `/@scope/file` and `/package@1.2.3`.
 */
const MAYBE_USER_INFO = new RegExp(
  `(?<=[a-z]://)(?:${USER}|[^\\s"'?#]*[^\\s"'?#/]@(?!v?\\d+(?:\\.\\d+){0,2}(?![.\\d]*\\.\\d)))`,
  'g',
);

/** The address of a server, for who reads which one it is. */
export function withoutUser(url: string): string {
  return url.replace(USER_INFO, '');
}

/** A text in which nobody reads who asks, and with which password. */
export function withoutUsers(text: string, instead = ''): string {
  return text.replace(MAYBE_USER_INFO, instead);
}

/** The passwords in the URLs of a text. */
export function passwordsInUrls(text: string): string[] {
  return [...text.matchAll(MAYBE_USER_INFO)].flatMap(([found]) => /^[^:]+:(.+)@$/.exec(found)?.[1] ?? []);
}
