import type { Found, Report } from './report';
import { findingsIn } from '../../../src/cli/check/check';
import { manifestsOf, UnreadableManifest } from '../../../src/cli/manifests/manifest';
import { podsOf } from '../../../src/cli/manifests/pods';

/** What `check` says of manifests. */
export function check(text: string): Report {
  try {
    return { findings: foundIn(text) };
  } catch (error) {
    if (!(error instanceof UnreadableManifest)) throw error;
    return { findings: [], mistake: { message: error.reason, line: error.place.line } };
  }
}

/** The findings of the rules. */
export function foundIn(text: string): Found[] {
  return findingsIn(podsOf(manifestsOf('manifests', text))).map(
    ({ severity, path, message, remedy, rule, place: { line } }) => ({ severity, path, message, remedy, rule, line }),
  );
}
