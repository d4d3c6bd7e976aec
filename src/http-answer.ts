import { inWords, refuse, refuseWith, type Place } from './private/values/refuse';

/** Which answers count as up. */
export interface AnswerOptions {
  readonly statusCodes?: readonly number[];
  readonly followRedirects?: boolean;
  readonly bodyContains?: string;
}

/** The most of a body that is looked at. */
const MOST_BYTES = 64 * 1024;

/** Statuses of answers that are over behind their headers. */
const WITHOUT_BODY = [204, 205, 304];

/** Refuses what no answer can be. */
export function checkAnswer(
  place: Place,
  { statusCodes, bodyContains }: AnswerOptions,
): void {
  checkStatusCodes(place, statusCodes);
  if (bodyContains === undefined) return;
  checkBody(place, bodyContains);
  const empty = statusCodes?.find(code => WITHOUT_BODY.includes(code));
  if (empty === undefined) return;
  refuseWith(place, 'bodyContains', {
    must: `be left out beside status ${empty}, which comes without a body`,
    got: bodyContains,
    remedy: 'leave one of them out',
  });
}

/** Whether redirects are meant to be followed. */
export function followsRedirects({ followRedirects, statusCodes }: AnswerOptions): boolean {
  return followRedirects ?? !statusCodes?.some(isRedirect);
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function checkStatusCodes(place: Place, codes?: readonly number[]): void {
  if (codes?.length === 0) {
    refuseWith(place, 'statusCodes', {
      must: 'name at least one status',
      got: inWords('none'),
      remedy: 'leave it out for 200 to 299',
    });
  }
  for (const code of codes ?? []) {
    if (!Number.isInteger(code) || code < 100 || code > 599) {
      refuse(place, 'statusCodes', 'be between 100 and 599', code);
    }
  }
}

function checkBody(place: Place, text: string): void {
  if (text === '') {
    refuseWith(place, 'bodyContains', {
      must: 'not be empty',
      got: text,
      remedy: 'leave it out for any body',
    });
  }
  if (text.includes('\0')) refuse(place, 'bodyContains', 'not hold NUL characters', inWords('one'));
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    refuse(place, 'bodyContains', 'fit into the 64 KiB that are searched', inWords(`${bytes} bytes`));
  }
}
