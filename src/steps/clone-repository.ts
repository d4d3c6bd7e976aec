import type { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { cloneAuth } from './clone-auth';
import {
  FOLDER_STEP_PROPS, folderOf, LARGEST_FETCHED, roomToFetch, type FolderDestination, type FolderStepProps,
} from './folder-step';
import { toolStep, type ToolStep } from './tool-step';
import { FILE_SOURCE, requireOneFile, type FileSource } from '../file-source';
import { GIT_AUTH, type GitAuth } from '../git-auth';
import { defaultsAt } from '../init-defaults';
import { InitStep } from '../init-step';
import type { InitStepProps, StepWarning } from '../init-step-props';
import { checkWhole } from '../private/values/checks';
import { checkRevision, looksAbbreviated, revisionInput } from '../private/values/git-revision';
import { checkGitUrl, type GitScheme } from '../private/values/git-urls';
import { checkKinds, checkNames, required, type Kinds } from '../private/values/kind';
import { DURATION, NUMBER, TEXT } from '../private/values/kinds';
import { checkRelativePath } from '../private/values/paths';
import { bytes, wholeSeconds } from '../private/values/quantity';
import { inWords, placeOf, refuse, refuseWith, type NewPlace } from '../private/values/refuse';
import { cloneRepository } from '../programs';
import type { SharedDirectory } from '../shared-directory';

/** Options of `CloneRepository`. */
export interface CloneRepositoryProps extends FolderStepProps {
  /**
   * `https://...`, `http://...`, `ssh://git@...` or `git@host:path`.
   *
   * @throws when it is none of these, names no host or repository, or holds a password, a token or "?"
   */
  readonly url: string;

  /**
   * Branch, tag or whole commit id. Of a branch and a tag with the same name the tag is taken, and the log says so;
   * `refs/heads/...` is the branch. One that is not there fails the step (exit 1).
   *
   * @default - the default branch
   * @throws when git takes it for no name
   */
  readonly revision?: string;

  /**
   * Only this folder of the repository, and without its name. One that is not there fails the step (exit 1). The whole
   * commit is fetched nevertheless.
   *
   * @default - all of it
   * @throws when it is absolute, contains ".." or there is a `depth`, too
   */
  readonly subdirectory?: string;

  /**
   * Keeps `.git`, with so many commits of history; 0: all. It is as large as the history is, and counts for `maxSize`.
   * It belongs to `runAs`; git in the app takes it for dubious if that is another user.
   *
   * @default - files only: no `.git`, which a web server would show
   * @throws when it is no whole number of at least 0
   */
  readonly depth?: number;

  /**
   * Who clones.
   *
   * @default - nobody: a repository that everybody may read
   * @throws when it is a token for ssh, or a key for https, or is missing for ssh
   */
  readonly auth?: GitAuth;

  /**
   * Certificates to trust for https, in PEM form; they replace those of the image. An inline text becomes a ConfigMap.
   *
   * @default - those of the image
   * @throws when the URL is not https
   */
  readonly caCertificate?: FileSource;

  /**
   * Budget of the whole step, retries included, in whole seconds; when it is used up, the step fails (exit 124).
   *
   * A server that cannot be reached, breaks off, or answers with 408, 425, 429 or 5xx is asked again until then; any
   * other refusal fails the step at once (exit 1).
   *
   * @default Duration.minutes(11)
   * @throws when it is not between one second and one day
   */
  readonly timeout?: Duration;
}

const PROPS: Kinds<CloneRepositoryProps> = {
  ...FOLDER_STEP_PROPS,
  url: required(TEXT),
  revision: TEXT,
  subdirectory: TEXT,
  depth: NUMBER,
  auth: GIT_AUTH,
  caCertificate: FILE_SOURCE,
  timeout: DURATION,
};

/** Where the program finds it. */
const CERTIFICATE = '/in/ca-certificate';

/**
 * Clones a repository of Git, and puts the files of one revision into a folder.
 *
 * Nothing is put in place before all of it is fetched and checked out; then each entry of the top level is renamed into
 * place, so that the step can run again in a folder that has files. Other entries stay, also those that the revision
 * has no more. The log and the termination message name the commit. Links are as they are in the repository. Submodules
 * and the files of Git LFS are not fetched, and the log says where they are missing. What is fetched must fit into
 * `maxSize`, and so must the files.
 *
 * With `IfPresent.KEEP` the repository is fetched too, because nothing else tells which entries it has. Runs in the Git
 * image.
 *
 * @example
 * new CloneRepository(web, 'clone-site', {
 *   url: 'https://git.example.com/shop/site.git',
 *   revision: 'v2.1',
 *   auth: GitAuth.token(kplus.EnvValue.fromSecretValue({ secret: credentials, key: 'token' })),
 *   path: '/usr/share/nginx/html',
 * });
 */
export class CloneRepository extends InitStep {
  /** Where the files are, below `folder`. */
  public readonly directory: SharedDirectory;

  public constructor(scope: Construct, id: string, props: CloneRepositoryProps) {
    const place = placeOf('CloneRepository', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === CloneRepository) checkNames(place, props, PROPS);
    const destination = folderOf(place, { ...props, maxSize: roomToFetch(props) });
    super(scope, id, cloning(place, props, destination));
    this.directory = this.outputFolders[destination.path];
  }
}

function cloning(
  place: NewPlace,
  props: CloneRepositoryProps,
  destination: FolderDestination,
): InitStepProps {
  const {
    url, revision, caCertificate, maxSize = LARGEST_FETCHED, timeout = defaultsAt(place.scope).timeout,
  } = props;
  const scheme = checkGitUrl(place, 'url', url);
  checkCertificateOf(place, scheme, caCertificate);
  if (revision !== undefined) checkRevision(place, 'revision', revision);
  checkParts(place, props);
  const auth = cloneAuth(place, scheme, props);
  return toolStep(place, {
    program: cloneRepository({
      auth: auth.kind, certificate: caCertificate !== undefined, keep: destination.keep,
    }),
    tools: 'gitImage',
    env: {
      ...destination.env,
      ...revisionInput(revision),
      ...auth.env,
      ...historyInput(props),
      step_ca_certificate_file: caCertificate && CERTIFICATE,
      step_max_size: `${bytes(place, 'maxSize', maxSize) / 1024}`,
      step_protocols: scheme === 'http' ? 'http:https' : scheme,
      step_timeout: `${wholeSeconds(place, 'timeout', timeout)}`,
      step_url: url,
    },
    files: { ...auth.files, ...caCertificate && { [CERTIFICATE]: caCertificate } },
    names: { [CERTIFICATE]: 'caCertificate', ...auth.names },
    outputFolders: destination.outputFolders,
    endsWithin: timeout,
    warnings: [...unreplaced(props), ...abbreviated(revision), ...auth.warnings ?? []],
  }, props);
}

function checkCertificateOf(
  place: NewPlace,
  scheme: GitScheme,
  certificate: FileSource | undefined,
): void {
  if (certificate) requireOneFile(place, 'caCertificate', certificate);
  if (!certificate || scheme === 'https') return;
  refuse(place, 'caCertificate', `be left out for ${scheme}`, inWords(certificate.description));
}

function checkParts(place: NewPlace, { subdirectory, depth }: CloneRepositoryProps): void {
  if (depth !== undefined) checkWhole(place, 'depth', depth, 0);
  if (subdirectory === undefined) return;
  checkRelativePath(place, 'subdirectory', subdirectory);
  if (depth === undefined) return;
  refuseWith(place, 'subdirectory', {
    must: 'be left out where .git is kept, in which all else would be missing',
    got: subdirectory,
    remedy: 'leave out depth, or show the app a part of the directory',
  });
}

function historyInput({ subdirectory, depth }: CloneRepositoryProps): ToolStep['env'] {
  return {
    step_depth: `${depth ?? 1}`,
    step_keep_history: depth === undefined ? 'no' : 'yes',
    step_subdirectory: `/${subdirectory ?? ''}`,
  };
}

/** What looks like a variable, and is none here. */
function unreplaced({ url, revision, subdirectory }: CloneRepositoryProps): StepWarning[] {
  return Object.entries({ url, revision, subdirectory }).flatMap(([prop, text = '']) => {
    const [placeholder] = /\$\{(?!Token\[)[^}]*\}/.exec(text) ?? [];
    return placeholder === undefined ? [] : [{
      message: `has ${placeholder} in its ${prop}, where nothing replaces it`,
      remedy: 'write the value, in a TypeScript template literal between backticks',
    }];
  });
}

function abbreviated(revision: string | undefined): StepWarning[] {
  if (revision === undefined || !looksAbbreviated(revision)) return [];
  return [{
    message: `clones revision ${revision}, which looks like a part of a commit id`,
    remedy: 'write all 40 digits: servers know no parts',
  }];
}
