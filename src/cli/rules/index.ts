import { certificateNotChecked } from './certificate-not-checked';
import { circleOfWaits } from './circle-of-waits';
import { curlTakesErrors } from './curl-takes-errors';
import { doublesWhenRunAgain } from './doubles-when-run-again';
import { failsWhenRunAgain } from './fails-when-run-again';
import { failureIgnored } from './failure-ignored';
import { givesUpSilently } from './gives-up-silently';
import { hidesImageFiles } from './hides-image-files';
import { ignoresTerm } from './ignores-term';
import { imageWithoutVersion } from './image-without-version';
import { installsAtStart } from './installs-at-start';
import { keepsTornFile } from './keeps-torn-file';
import { missingProgram } from './missing-program';
import { nameIsNoAnswer } from './name-is-no-answer';
import { noResources } from './no-resources';
import { nslookupShortName } from './nslookup-short-name';
import { passwordInArguments } from './password-in-arguments';
import { pipeHidesFailure } from './pipe-hides-failure';
import { podSecurity } from './pod-security';
import { privileged } from './privileged';
import { recursiveOwner } from './recursive-owner';
import type { Rule } from './rule';
import { timeoutAsProcess1 } from './timeout-as-process-1';
import { unreadableProgram } from './unreadable-program';
import { unverifiedDownload } from './unverified-download';
import { waitWithoutLimit } from './wait-without-limit';
import { waitsForItself } from './waits-for-itself';

/** All rules, by their names. */
export const RULES: readonly Rule[] = [
  certificateNotChecked,
  circleOfWaits,
  curlTakesErrors,
  doublesWhenRunAgain,
  failsWhenRunAgain,
  failureIgnored,
  givesUpSilently,
  hidesImageFiles,
  ignoresTerm,
  imageWithoutVersion,
  installsAtStart,
  keepsTornFile,
  missingProgram,
  nameIsNoAnswer,
  noResources,
  nslookupShortName,
  passwordInArguments,
  pipeHidesFailure,
  podSecurity,
  privileged,
  recursiveOwner,
  timeoutAsProcess1,
  unreadableProgram,
  unverifiedDownload,
  waitWithoutLimit,
  waitsForItself,
];
