import { Duration } from 'cdk8s';
import { mkdtempSync } from 'fs';
import { KINDS, makeImage } from '../test/lab/images';
import { run } from '../test/lab/run';
import { waiting } from '../test/lab/steps';
import { Endpoint } from '../src';
(async () => { for (const k of KINDS) { const i = makeImage(mkdtempSync('/tmp/im-') + '/x', k as any); const r = await run(waiting([Endpoint.tcp('10.99.3.3', 80)], { timeout: Duration.seconds(4), attemptTimeout: Duration.seconds(1) }), i); console.log(k.name, r.lines); } process.exit(0); })();
