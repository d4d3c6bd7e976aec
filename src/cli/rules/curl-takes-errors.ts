import { downloadsOf, type Download } from './downloads';
import { absolute, inApp } from './on-volumes';
import { scopeOf } from './our-code';
import { eachCommand, type Rule } from './rule';
import type { Container } from '../manifests/pods';
import { loopAround } from '../shell/context';
import { askedBy, failsAtStatus } from '../shell/waits';

/** curl without -f. */
export const curlTakesErrors: Rule = {
  name: 'curl-takes-errors',
  severity: 'warning',
  reason:
    'Without -f curl calls an answer of 404 or 503 a success: the error page becomes the '
    + 'configuration, and a wait ends at a server that cannot serve.',
  fires: `
- name: download-config
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -sS -o /config/app.json http://config-service/config']
`,
  silent: `
- name: download-config
  image: curlimages/curl:8.22.0
  command: [sh, -c, 'curl -fsS -o /config/app.json http://config-service/config']
`,
  find: eachCommand((command, container) => {
    if (command.name !== 'curl' || failsAtStatus(command)) return undefined;
    const url = askedBy(command)?.url ?? 'http://…';
    const step = `${scopeOf(container.pod)}, '${container.name}'`;
    if (isCondition(command)) {
      return {
        message: 'waits with curl without -f, which calls every answer a success, 503 and 404, too',
        remedy: `new WaitForService(${step}, { endpoints: [Endpoint.http('${url}')] });`,
      };
    }
    const download = downloadsOf(container).find(each => each.command === command);
    return download && {
      message: 'downloads with curl without -f, which takes the page of an error for the file',
      remedy: `new DownloadConfig(${step}, { url: '${url}', path: '${fileOf(container, download)}' });`,
    };
  }),
};

function fileOf(container: Container, download?: Download): string {
  const path =
    download?.file === undefined
      ? undefined
      : absolute(container, download.command, download.file);
  return path === undefined ? '…' : inApp(container, path);
}

/** Whether a loop asks for nothing but its exit code. */
function isCondition(command: Parameters<typeof loopAround>[0]): boolean {
  const loop = loopAround(command);
  if (!loop) return false;
  const [, ...inner] = command.around.slice(command.around.indexOf(loop));
  return (
    inner[0] === loop.clause
    && !inner.some(
      ({ type }) =>
        type === 'Pipeline' || type === 'CommandExpansion' || type === 'TestCommand',
    )
  );
}
