import { startsOf } from './scripts';
import { Workers } from './workers';
import type { Report, Request } from '../engine/report';

/** How long a program may run. */
export const SECONDS = 10;

const start = startsOf('engine.js');

/** What checks manifests and runs programs, one text at a time. */
export function engines(): Workers<Request, Report> {
  return new Workers(start, SECONDS);
}
