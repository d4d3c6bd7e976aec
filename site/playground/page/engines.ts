import { Workers } from './workers';
import type { Report, Request } from '../engine/report';

/** How long a program may run. */
export const SECONDS = 5;

/** The script of the engine, loaded once. As a blob it inherits the page's policy, by which it can send nothing. */
let script: Promise<string> | undefined;

async function load(): Promise<string> {
  const response = await fetch('engine.js');
  if (!response.ok) throw new Error(`engine.js could not be loaded: ${response.status}`);
  return URL.createObjectURL(await response.blob());
}

export function engines(): Workers<Request, Report> {
  return new Workers(async () => new Worker(await (script ??= load())), SECONDS);
}
