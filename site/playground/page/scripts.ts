/**
 * Starts workers from one script, which is loaded once: what comes later asks no server, not even the site's own. As a
 * blob it inherits the policy of the page, by which it can send nothing anywhere else.
 */
export function startsOf(script: string): () => Promise<Worker> {
  let url: Promise<string> | undefined;
  return async () => new Worker(await (url ??= load(script)));
}

async function load(script: string): Promise<string> {
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script} could not be loaded: ${response.status} ${response.statusText}`);
  return URL.createObjectURL(await response.blob());
}
