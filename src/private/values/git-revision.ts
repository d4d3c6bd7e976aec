import { checkText } from './checks';
import { refuseWith, type Place } from './refuse';

/** What git takes for no name of a branch or tag. */
const NO_NAME = new RegExp([
  '^@?$', '^[-/]', '[/.]$', '[.]lock(/|$)', '(^|/)[.]', '[.][.]', '//', '@[{]', '[\\s~^:?*[\\\\\\x00-\\x20\\x7f]',
].join('|'));

/** Refuses what can be no branch, tag or commit id. */
export function checkRevision(place: Place, prop: string, revision: string): void {
  checkText(place, prop, revision);
  if (!NO_NAME.test(revision)) return;
  refuseWith(place, prop, {
    must: 'be a branch, a tag or a commit id',
    got: revision,
    remedy: /^origin\//.test(revision) ? `write ${revision.slice(7)}` : undefined,
  });
}

/** Whether it may be a part of a commit id. */
export function looksAbbreviated(revision: string): boolean {
  return /^[0-9a-f]{7,39}$/i.test(revision) && /\d/.test(revision);
}

/** What a program is told of it: the references that it may be, of which the first that is there counts. */
export function revisionInput(revision: string | undefined): {
  readonly step_commit: string;
  readonly step_references: string;
  readonly step_revision: string;
} {
  const isCommit = revision !== undefined && /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(revision);
  return {
    step_commit: isCommit ? revision.toLowerCase() : 'none',
    step_references: isCommit ? 'HEAD' : referencesOf(revision),
    step_revision: revision ?? 'HEAD',
  };
}

function referencesOf(revision: string | undefined): string {
  if (revision === undefined || revision === 'HEAD') return 'HEAD';
  if (revision.startsWith('refs/')) return revision;
  return `refs/tags/${revision} refs/heads/${revision}`;
}
