import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { destinationOf, type Destination } from './file-step';
import { toolStep } from './tool-step';
import { FILE_SOURCE, type FileSource } from '../file-source';
import { InitStep } from '../init-step';
import type { InitStepProps } from '../init-step-props';
import {
  checkKinds, checkNames, listOf, required, type Kinds,
} from '../private/values/kind';
import { FLAG, TEXT } from '../private/values/kinds';
import {
  inWords, placeOf, refuse, refuseWith, type NewPlace,
} from '../private/values/refuse';
import { trustCertificates } from '../programs';
import type { SharedFile } from '../shared-directory';
import { STEP_OPTIONS, type InitStepOptions } from '../step-options';

/** Where Debian's and Alpine's programs look by themselves. */
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** Where OpenSSL, Python's requests, Node, the SDKs of AWS, curl and git look. */
const VARIABLES = [
  'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO',
];

/** Options of `TrustCertificates`. */
export interface TrustCertificatesProps extends InitStepOptions {
  /**
   * Certificates of authorities in PEM form, one or more in each.
   *
   * @throws when there is none, or one is a text that is known and no certificate
   */
  readonly certificates: FileSource[];

  /**
   * Absolute path at which the containers see the bundle.
   *
   * @default '/etc/ssl/certs/ca-certificates.crt', where Debian's and Alpine's programs look without variables
   * @throws as in `GenerateConfig`
   */
  readonly path?: string;

  /**
   * Names of the containers that see it.
   *
   * @default - all that the workload has now
   * @throws when one is not there or named twice
   */
  readonly containers?: string[];

  /**
   * Whether SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS, AWS_CA_BUNDLE, CURL_CA_BUNDLE and GIT_SSL_CAINFO
   * name it in the containers, unless they have these variables.
   *
   * @default true
   * @throws when another step does so in one of the containers
   */
  readonly exportVariables?: boolean;
}

const PROPS: Kinds<TrustCertificatesProps> = {
  ...STEP_OPTIONS,
  certificates: required(listOf(FILE_SOURCE)),
  path: TEXT,
  containers: listOf(TEXT),
  exportVariables: FLAG,
};

/**
 * Lets the app trust authorities of your own beside those that everybody trusts.
 *
 * Writes the bundle of `image` and your certificates into one PEM file, and shows it to the containers, also by the
 * variables that programs look at. What is no certificate, or holds a private key (also an indented one), fails the
 * step (exit 2), and so does an image without a bundle. Runs in the curl image by default. Java's key stores are not
 * made.
 *
 * @throws when the workload has no container yet
 * @example
 * new TrustCertificates(web, 'trust-corp', {
 *   certificates: [FileSource.fromConfigMap(defaults, 'corp-ca.crt')],
 * });
 */
export class TrustCertificates extends InitStep {
  /** The file that it writes. */
  public readonly file: SharedFile;

  public constructor(scope: Construct, id: string, props: TrustCertificatesProps) {
    const place = placeOf('TrustCertificates', scope, id);
    props = checkKinds(place, props, PROPS);
    if (new.target === TrustCertificates) checkNames(place, props, PROPS);
    const { path = BUNDLE, containers = containersOf(place) } = props;
    const destination = destinationOf(place, {
      path,
      containers,
      fileName: 'ca-certificates.crt',
    });
    super(scope, id, trusting(place, props, destination));
    this.file = this.outputFiles[destination.path];
  }
}

/** All that have a name; where there is none, the first one. */
function containersOf({ scope }: NewPlace): string[] | undefined {
  const names = InitStep.containersOf(scope).flatMap(({ name }) => name ?? []);
  return names.length > 0 ? names : undefined;
}

function trusting(
  place: NewPlace,
  props: TrustCertificatesProps,
  { path, env, needs, outputFiles = {} }: Destination,
): InitStepProps {
  const { certificates, exportVariables = true } = props;
  if (certificates.length === 0) refuse(place, 'certificates', 'name at least one', inWords('none'));
  const args: string[] = [];
  const files: { [path: string]: FileSource } = {};
  certificates.flatMap(({ parts }) => parts).forEach((source, index) => {
    const { text, description, isOptional } = source;
    if (text !== undefined) {
      requireCertificate(place, text, description);
      args.push('text', text, description);
      return;
    }
    const file = `/in/certificates-${index + 1}${isOptional ? '/text' : ''}`;
    files[file] = source;
    args.push(isOptional ? 'optional' : 'file', file, description);
  });
  return toolStep(place, {
    program: trustCertificates({ file: needs }),
    tools: 'curlImage',
    args,
    env,
    files,
    names: { files: 'certificates', exportAs: 'exportVariables' },
    outputFiles: { [path]: { ...outputFiles[path], exportAs: exportVariables ? VARIABLES : undefined } },
    endsWithin: Duration.seconds(0),
  }, props);
}

function requireCertificate(place: NewPlace, text: string, description: string): void {
  if (/PRIVATE KEY-----/.test(text)) {
    refuse(place, 'certificates', 'not hold a private key', inWords(description));
  }
  if (/^-----BEGIN (TRUSTED )?CERTIFICATE-----\r?$/m.test(text)) return;
  refuseWith(place, 'certificates', {
    must: 'be in PEM form',
    got: inWords(description),
    remedy: 'it begins with -----BEGIN CERTIFICATE-----; of DER make it by openssl x509 -inform der',
  });
}
