import { passwordsOf } from './password-in-arguments';
import type { Container } from '../manifests/pods';
import type { ShellCommand } from '../shell/command';
import { withoutUsers } from '../user-info';

/** As much of a command as a message shows. */
const LENGTH = 80;

/** A command as messages show it: not too long, and without the passwords that stand in its program. */
export function shown({ text }: ShellCommand, { commands }: Container): string {
  const masked = commands
    .flatMap(passwordsOf)
    .reduce((rest, password) => rest.replaceAll(password, '***'), withoutUsers(text, '***@'));
  const line = masked.replace(/\s+/g, ' ');
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 3)}...` : line;
}
