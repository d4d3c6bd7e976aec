/** The worker that runs programs and checks manifests. */
import '../node/globals';
import { check } from './check';
import type { Request } from './report';
import { run } from './run';

addEventListener('message', ({ data: { kind, text } }: MessageEvent<Request>) => {
  void Promise.resolve(kind === 'program' ? run(text) : check(text)).then(
    report => postMessage(report),
    (error: Error) => postMessage({ findings: [], mistake: { message: `This is a fault of ours: ${error.stack}` } }),
  );
});
postMessage('ready');
