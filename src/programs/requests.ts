import * as fragment from './fragments';

/** What a request of http has beside an address. */
export interface RequestNeeds {
  readonly hasHeaders?: boolean;
  /** Whether there is a user and a password. */
  readonly hasUser?: boolean;
  readonly hasClientCertificate?: boolean;
  /** Whether it is signed. */
  readonly signs?: boolean;
}

/** What requests of a wait have beside their addresses, and what is asked of the answers. */
export interface AskNeeds extends RequestNeeds {
  /** Whether the body of an answer is looked at. */
  readonly looksIntoBody?: boolean;
  /** Whether certificates to trust are in several files. */
  readonly joinsCertificates?: boolean;
}

/** What it takes to ask in http until an answer is up. */
export function tryRequests(needs: AskNeeds = {}): string[] {
  const { hasHeaders, hasUser, hasClientCertificate, signs, looksIntoBody } = needs;
  const more = hasHeaders || hasUser || hasClientCertificate || signs || looksIntoBody;
  return [
    ...needs.joinsCertificates ? [fragment.JOIN, fragment.OPTIONS_OF_PARTS] : [fragment.OPTIONS],
    fragment.PRINTABLE,
    fragment.CURL_CAUSES,
    ...more ? tryWithMore(needs) : [fragment.TRY_HTTP],
    fragment.JUDGE_HTTP,
  ];
}

/** Whether a program reads variables whose names end in the number of an endpoint. */
export function readsVariables({ hasClientCertificate, looksIntoBody }: AskNeeds = {}): boolean {
  return (hasClientCertificate || looksIntoBody) ?? false;
}

function tryWithMore(needs: AskNeeds): string[] {
  return [
    ...whoAsks(needs),
    ...needs.signs ? [fragment.NO_URL_LINE, fragment.AWS_SIGNATURE, fragment.ASK_BY_CONFIG] : [fragment.ASK],
    needs.looksIntoBody ? fragment.LOOK_INTO_BODY : fragment.LOOK,
    fragment.TRY_HTTP_AS,
  ];
}

/** The headers of a request. */
export function headerLines({ hasHeaders }: RequestNeeds): string[] {
  return hasHeaders ? [fragment.ONE_LINE, fragment.HEADERS] : [fragment.NO_HEADERS];
}

/** The headers of a request, its user and its client certificate, of which `VARIABLE` reads the paths. */
export function whoAsks(needs: RequestNeeds): string[] {
  return [
    ...headerLines(needs),
    needs.hasUser ? fragment.BASIC : fragment.NO_BASIC,
    needs.hasClientCertificate ? fragment.CLIENT_CERTIFICATE : fragment.NO_CLIENT_CERTIFICATE,
  ];
}
