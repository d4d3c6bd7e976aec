import type * as kplus from 'cdk8s-plus-28';
import { textInput } from './text-input';
import type { Endpoint } from '../endpoint';
import type { FileSource } from '../file-source';
import { requestInput, type RequestInput } from '../http-request';
import type { PropNames } from '../private/values/prop-names';
import type { AskNeeds } from '../programs';
import { listedNames } from '../variables';

/**
 * What the program of a wait is told of its endpoints beside their addresses: fields that stand before an address,
 * and the variables and files that these name. Certificates to trust are there once, all else for each endpoint.
 */
export class EndpointFields {
  public readonly env: { [name: string]: kplus.EnvValue | string } = {};
  public readonly files: { [path: string]: FileSource } = {};
  private readonly certificates = new Map<FileSource, string>();
  private readonly inputs: RequestInput[] = [];
  private readonly fields: string[][];

  public constructor(private readonly endpoints: readonly Endpoint[]) {
    this.fields = endpoints.map((endpoint, index) => [
      ...answerFields(endpoint),
      ...this.certificateField(endpoint),
      ...this.requestField(endpoint, index + 1),
    ]);
    const { hasHeaders, hasUser, signs } = this.needs;
    if (hasHeaders) this.env.step_variables = listedNames(this.inputs.flatMap(({ variables }) => variables));
    if (hasUser) this.env.step_credentials = this.inputs.flatMap(({ credentials }) => credentials).join(' ');
    if (signs) this.env.step_keys = this.inputs.flatMap(({ keys }) => keys).join(' ');
  }

  /** The properties that the files come from. */
  public get names(): PropNames {
    return Object.assign({ files: 'caCertificate' }, ...this.inputs.map(({ fileProps }) => fileProps));
  }

  /** What the program must be able to do. */
  public get needs(): AskNeeds {
    return {
      hasHeaders: this.inputs.some(({ hasHeaders }) => hasHeaders),
      hasUser: this.inputs.some(({ credentials }) => credentials.length > 0),
      hasClientCertificate: this.inputs.some(({ hasClientCertificate }) => hasClientCertificate),
      joinsCertificates: this.fields.flat().some(field => field.startsWith('parts=')),
      signs: this.inputs.some(({ keys }) => keys.length > 0),
      looksIntoBody: this.endpoints.some(({ bodyContains }) => bodyContains !== undefined),
    };
  }

  /** What stands before the address of an endpoint. */
  public of(index: number): string[] {
    return this.fields[index];
  }

  /** The variable that holds the certificates to trust, or their file. */
  private certificateField({ caCertificate }: Endpoint): string[] {
    if (!caCertificate) return [];
    const known = this.certificates.get(caCertificate);
    const name = known ?? `ca_certificate_${this.certificates.size + 1}`;
    const input = textInput(name, caCertificate);
    if (!known) this.add(input);
    this.certificates.set(caCertificate, name);
    switch (input.form) {
      case 'text': return [`pem=step_${name}`];
      case 'file': return [`ca=${input.env[`step_${name}_file`]}`];
      case 'parts': return [`parts=${input.env[`step_${name}_parts`]}`];
    }
  }

  /** The end of the names of its variables. */
  private requestField(endpoint: Endpoint, number: number): string[] {
    const input = requestInput(endpoint, number);
    const { bodyContains, minAddresses } = endpoint;
    this.inputs.push(input);
    const asked = {
      ...input.env,
      ...bodyContains === undefined ? {} : { [`step_body_${number}`]: bodyContains },
      ...minAddresses > 1 ? { [`step_least_${number}`]: `${minAddresses}` } : {},
    };
    this.add({ env: asked, files: input.files });
    return Object.keys(asked).length > 0 ? [`of=_${number}`] : [];
  }

  private add({ env, files }: Pick<RequestInput, 'env' | 'files'>): void {
    Object.assign(this.env, env);
    Object.assign(this.files, files);
  }
}

/** What decides whether an answer is up. */
function answerFields({ statusCodes, followRedirects }: Endpoint): string[] {
  return [
    ...statusCodes ? [`status=${statusCodes.join('|')}`] : [],
    ...followRedirects ? [] : ['follow=no'],
  ];
}
